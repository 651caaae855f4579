// Invented customers, their cars and their contact data, in ranges that reach nobody.
#pragma once

#include "app/demo/life.h"

namespace verbatim::demo {

// The languages the customers of a site write in. The demo speaks five; where a country's own is not among them its customers
// write one of the five.
std::string language_of_customer(const Site& site, Dice& dice);

// Fills in customer, name, addresses, locale, country. `number` counts all customers, `of_country` those of this country, so
// that no two share an address or a telephone.
void invent_customer(Visit& visit, const Content& content, const Site& site, std::string_view lang, int number, int of_country, Dice& dice);

// A street that many towns have, in the site's town; nothing where the demo does not know how the country writes streets.
void invent_address(Visit& visit, const Site& site, Dice& dice);

// 17 characters of ISO 3779's alphabet; "AUR" is no assigned manufacturer. `number` is unique.
std::string invent_vin(std::string_view model, int number, Dice& dice);

// "invitation=...;marketing=...;tracking=...": which basis is usual depends on the country; a few said no.
std::string invent_consent(std::string_view country, Dice& dice);

}  // namespace verbatim::demo
