# Files come in beside the serving platform: good rows are taken, bad ones named by line and reason, twice is once.
# Norms: COL-4, COL-7, GDP-1

given a platform with the demo's network
given the file sites.csv holds
and the line code,name,dealer,group,country,locale,timezone,street,postcode,city,latitude,longitude,phone,email,services,opening
and the line FR-NEW,Garage du Lac,Lac Autos,,FR,fr-FR,Europe/Paris,1 quai du Lac,74000,Annecy,45.9,6.13,+33 1 99 00 20 20,fr-new@aurelle.example,workshop,Mo-Fr 08:00-18:30
and the line FR-BAD,Garage,Lac Autos,,France,fr-FR,Europe/Paris,1 quai,74000,Annecy,45.9,6.13,,x@aurelle.example,workshop,
and the line FR-LAT,Garage,Lac Autos,,FR,fr-FR,Europe/Paris,1 quai,74000,Annecy,145.9,6.13,,x@aurelle.example,workshop,
and the line FR-SRV,Garage,Lac Autos,,FR,fr-FR,Europe/Paris,1 quai,74000,Annecy,45.9,6.13,,x@aurelle.example,car_wash,
and the line ,Garage,Lac Autos,,FR,fr-FR,Europe/Paris,1 quai,74000,Annecy,45.9,6.13,,x@aurelle.example,workshop,
when sites are imported from it
then it prints "5 read, 1 taken, 0 already there, 4 rejected" and ends with 0
and the rejected file is exactly
and rejected line 3 because of "country"
and rejected line 4 because of "latitude"
and rejected line 5 because of "services"
and rejected line 6 because of "code"
and no further row is rejected
when a visitor opens /fr/sites/FR-NEW
then the answer is 200
and the page says "Garage du Lac"

when the same file is imported again as sites
then it prints "5 read, 0 taken, 1 already there, 4 rejected" and ends with 0

# A changed row changes the page that is shown, within five seconds.
given the file sites2.csv holds
and the line code,name,dealer,group,country,locale,timezone,street,postcode,city,latitude,longitude,phone,email,services,opening
and the line FR-NEW,Garage du Grand Lac,Lac Autos,,FR,fr-FR,Europe/Paris,1 quai du Lac,74000,Annecy,45.9,6.13,+33 1 99 00 20 20,fr-new@aurelle.example,workshop,Mo-Fr 08:00-18:30
when sites are imported from it
then it prints "1 read, 1 taken, 0 already there, 0 rejected" and ends with 0
and within 5 seconds the page /fr/sites/FR-NEW says "Garage du Grand Lac"
and there is no rejected file
when it is imported packed as sites
then it prints "1 read, 0 taken, 1 already there, 0 rejected" and ends with 0
when it is imported from standard input as sites
then it prints "1 read, 0 taken, 1 already there, 0 rejected" and ends with 0

given the file nothing.csv holds
and the line code;name;country
and the line FR-X;Garage;FR
when sites are imported from it
then it ends with 1 and says "code"

when a file of 20000 experiences at FR-NEW of which every tenth is broken in a way of its own is imported as bulk.csv
then every good row was taken and every broken one reported
