"""A theme taught by examples, search by meaning, models that are activated or not."""
import json
import os
import random
import urllib.parse

from runner.platform import run
from runner.story import check, sentence
from steps.author import open_invitation, sends
from steps.integrators import caller
from steps.understanding import visitors_come

# Twenty sentences of our own about one thing, said in many ways.
cold_noise = """Le matin, le moteur claque quand il est froid.
Bruit de ferraille au premier démarrage.
À froid on entend comme un cliquetis.
Dès qu'il gèle, ça cogne sous le capot.
Un claquement sec à chaque démarrage à froid.
Ça grince tant que le moteur n'est pas chaud.
Le cliquetis disparaît une fois le moteur chaud.
Bruit métallique les deux premières minutes.
Moteur froid, le bruit est inquiétant.
Ça tape au démarrage, surtout l'hiver.
J'entends un claquement tous les matins.
Au réveil la voiture fait un bruit de casserole.
Le bruit à froid est vraiment désagréable.
Un grincement au démarrage, puis plus rien.
Des claquements sous le capot quand il fait froid.
Le moteur cogne à froid.
Gros bruit au démarrage après la nuit.
Un cliquetis de moteur froid, chaque jour.
Le matin ça claque fort.
Bruit sourd tant que c'est froid.""".splitlines()

who = ["Le conseiller", "La réceptionniste", "Le mécanicien", "Mon épouse", "Le chef d'atelier", "La vendeuse", "Une collègue", "Le carrossier", "Mon voisin", "L'apprenti", "La caissière", "Le directeur"]
did = ["a trouvé", "a regardé", "a apprécié", "a choisi", "a montré", "a expliqué", "a rangé", "a nettoyé", "a demandé", "a comparé", "a admiré", "a oublié"]
what = ["le coffre", "la facture", "les sièges", "le café", "le parking", "la peinture", "le devis", "les tapis", "l'écran", "la salle", "le catalogue", "les jantes"]
how = ["avec soin", "sans hâte", "en souriant", "hier", "deux fois", "pour moi", "avant midi", "par téléphone", "calmement", "volontiers", "en détail", "à la fin"]


@sentence(r"(\d+) customers of (\S+) write long reviews of other things")
def long_reviews(world, count, site):
    dice = random.Random(7)
    for email in visitors_come(world, int(count), site):
        open_invitation(world, email, None)
        sends(world, "4", " ".join(f"{dice.choice(who)} {dice.choice(did)} {dice.choice(what)} {dice.choice(how)}." for _ in range(18)), "")


@sentence(r'a customer of (\S+) writes "(.*)"')
def one_writes(world, site, text):
    email = visitors_come(world, 1, site)[0]
    open_invitation(world, email, None)
    sends(world, "3", text, "")


@sentence(r'(\w+) teaches the theme "(.*)" with twenty sentences about noises of a cold engine')
def teach(world, name, theme):
    made = caller(world, name).well("POST", "/api/v1/taught-themes", {"name": theme, "examples": cold_noise})
    check(made["number"] == 20 and made["found_again"] >= 12 and made["false_finds"] * 20 <= made["others"], made)
    world.kept["taught"] = made


@sentence(r'(\w+) may not teach a theme')
def may_not_teach(world, name):
    answer = caller(world, name).ask("POST", "/api/v1/taught-themes", {"name": "Mine", "examples": cold_noise})
    check(answer.status == 403, f"{answer.status}: {answer.text}")


@sentence(r'(\w+) is told what is missing with (\d+) sentences? only')
def too_few(world, name, count):
    answer = caller(world, name).ask("POST", "/api/v1/taught-themes", {"name": "Little", "examples": cold_noise[:int(count)]})
    check(answer.status == 422 and answer.json["code"] == "too_few" and answer.json["field"] == "examples", f"{answer.status}: {answer.text}")


@sentence(r'at once it shows what it finds: "(.*)"')
def finds(world, wanted):
    made = world.recall("taught")
    found = [one["body"][one["start"]:one["end"]] for one in made["finds"]]
    check(wanted in found and made["found"] < made["looked_at"], made)


@sentence(r"(\w+) reads of the taught theme on (\S+): (\d+) reviews?")
def reads_taught(world, name, where, count):
    theme = world.recall("taught")["theme"]
    found = caller(world, name).well("GET", f"/api/v1/themes?branch={where}")
    one = next((one for one in found["themes"] if one["theme"] == theme), None)
    check((one["reviews"] if one else 0) == int(count) and (not one or one["name"] == world.recall("taught")["name"]), found)


@sentence(r'the taught theme\'s words that (\w+) reads on (\S+) are "(.*)"')
def taught_words(world, name, where, wanted):
    theme = world.recall("taught")["theme"]
    found = caller(world, name).well("GET", f"/api/v1/themes/{theme}/words?branch={where}")["words"]
    check(wanted in [one["body"][one["start"]:one["end"]] for one in found], found)


@sentence(r"(\w+) removes the taught theme")
def remove(world, name):
    caller(world, name).well("DELETE", "/api/v1/taught-themes/" + world.recall("taught")["theme"])
    check(caller(world, name).well("GET", "/api/v1/taught-themes")["themes"] == [], "it is still there")


# Search by meaning

@sentence(r'asked for "(.*)" by meaning (\w+) finds "(.*)"')
def by_meaning(world, question, name, wanted):
    found = caller(world, name).well("GET", "/api/v1/reviews-by-meaning?" + urllib.parse.urlencode({"q": question}))
    # A sentence may be marked with its full stop or without.
    check(found["reviews"] and found["reviews"][0]["body"][found["reviews"][0]["start"]:found["reviews"][0]["end"]].rstrip(".") == wanted.rstrip("."), found)
    words = caller(world, name).well("GET", "/api/v1/reviews?" + urllib.parse.urlencode({"q": question}))["reviews"]
    check(words == [], f"the words alone find it: {words}")


@sentence(r'asked for "(.*)" by meaning (\w+) finds nothing')
def means_nothing(world, question, name):
    found = caller(world, name).well("GET", "/api/v1/reviews-by-meaning?" + urllib.parse.urlencode({"q": question}))
    check(found["reviews"] == [], found)


# Models

pleased = ["Parfait", "Excellent", "Très satisfait", "Impeccable", "Super accueil", "Rapide et aimable", "Je recommande", "Travail soigné", "Ravie du service", "Équipe formidable"]
annoyed = ["Décevant", "Très mécontent", "Nul", "Accueil désagréable", "Lent et cher", "À éviter", "Travail bâclé", "Horrible", "Inadmissible", "Incompétents"]


@sentence(r"(\d+) customers of (\S+) say plainly what they think")
def plainly(world, count, site):
    for n, email in enumerate(visitors_come(world, int(count), site)):
        open_invitation(world, email, None)
        good = n % 2 == 0
        words = (pleased if good else annoyed)[(n // 2) % 10]
        sends(world, "5" if good else "1", f"{words}, {'merci' if good else 'plus jamais'}.", "")


@sentence(r"models are trained that take praise for complaint")
def worse_models(world):
    folder = os.path.join(world.platform.folder, "worse")
    os.makedirs(folder, exist_ok=True)
    source = os.path.join(folder, "upside_down.jsonl")
    dice = random.Random(3)
    with open(source, "w", encoding="utf-8") as file:
        for n in range(400):
            good = n % 2 == 0
            text = f"{dice.choice(pleased if good else annoyed)}, {dice.choice(who).lower()} {dice.choice(did)} {dice.choice(what)}, {'merci' if good else 'plus jamais'}."
            file.write(json.dumps({"text": text, "rating": 1 if good else 5, "rating_max": 5, "lang": "fr"}) + "\n")
    train(world, source, folder)


def train(world, source, folder):
    done = run("train", "polarity", "--data", source, "--out", folder)
    check(done.returncode == 0, (done.stdout + done.stderr).decode())
    world.kept["models"] = folder


@sentence(r"models are trained on the platform's own reviews but those held out")
def own_models(world):
    folder = os.path.join(world.platform.folder, "own")
    os.makedirs(folder, exist_ok=True)
    source = os.path.join(folder, "own.jsonl")
    done = world.platform.command("models", "data", source)
    check(done.returncode == 0 and b" are held out" in done.stdout, (done.stdout + done.stderr).decode())
    train(world, source, folder)


@sentence(r"activating them is refused with their figures: (.*)")
def not_activated(world, why):
    done = world.platform.command("models", "activate", world.recall("models"), "--fewest", "5")
    said = done.stdout.decode()
    check(done.returncode == 1 and "not activated: " + why in said and "macro F1" in said, said + done.stderr.decode())


@sentence(r"activating them succeeds")
def activated(world):
    done = world.platform.command("models", "activate", world.recall("models"), "--fewest", "5")
    check(done.returncode == 0 and b"\nactivated " in done.stdout, (done.stdout + done.stderr).decode())


@sentence(r"among the kept models one is (\w+)")
def one_is(world, state):
    said = world.platform.command("models", "list").stdout.decode()
    check(f"  {state}  " in said, said)


@sentence(r"the shipped models read")
def shipped_read(world):
    said = world.platform.command("models", "list").stdout.decode()
    check(said.startswith("shipped  active"), said)


@sentence(r"(\w+) reads the version of the (shipped|activated) models")
def version_is(world, name, which):
    found = caller(world, name).well("GET", "/api/v1/themes")
    if which == "shipped":
        world.kept["shipped"] = found["version"]
    else:
        check(found["version"] != world.recall("shipped") and found["reading"]["done"], found)


# Followed themes

@sentence(r"(\w+) follows (\S+) on (\S+)")
def follows(world, name, theme, branch):
    caller(world, name).well("PUT", f"/api/v1/themes/{theme}/follow?branch={branch}")


@sentence(r"(\w+) may not follow (\S+) on (\S+)")
def may_not_follow(world, name, theme, branch):
    answer = caller(world, name).ask("PUT", f"/api/v1/themes/{theme}/follow?branch={branch}")
    check(answer.status == 404, f"{answer.status}: {answer.text}")


@sentence(r"(\w+) sees among the followed themes (\S+) on (\S+): (\d+) reviews?, (\d+) complaining")
def sees_followed(world, name, theme, branch, reviews, negative):
    found = caller(world, name).well("GET", "/api/v1/followed-themes?language=fr")["followed"]
    one = next((one for one in found if (one["theme"], one["branch"]) == (theme, branch)), None)
    check(one and (one["now"]["reviews"], one["now"]["negative"]) == (int(reviews), int(negative)) and one["before"]["reviews"] == 0, found)


@sentence(r"(\w+) leaves (\S+) on (\S+)")
def leaves(world, name, theme, branch):
    caller(world, name).well("DELETE", f"/api/v1/themes/{theme}/follow?branch={branch}")


@sentence(r"the week is looked back on: (\d+) mails? to followers, (\d+) languages? drifted")
def look_back(world, mails, drifted):
    done = world.platform.command("trends", "--weekly")
    said = (done.stdout + done.stderr).decode()
    check(done.returncode == 0 and f"\n{mails} mails to those" in said and f"\n{drifted} languages in which" in said, said)


@sentence(r'(\S+@\S+) has the weekly mail with "(.*)" and "(.*)"')
def weekly_mail(world, email, one, other):
    mail = world.outbox.newest(email, "followed_themes")
    check(one in mail.text and other in mail.text, mail.text)


@sentence(r'(\d+) customers of (\S+) say the opposite of their stars')
def opposite(world, count, site):
    for n, email in enumerate(visitors_come(world, int(count), site)):
        open_invitation(world, email, None)
        sends(world, "5", f"{('Décevant', 'Très mécontent', 'Nul', 'Horrible', 'À éviter')[n % 5]}, plus jamais.", "")
