#!/usr/bin/env python3
"""./dev bench understanding: what `verbatim train` and `verbatim analyse` reach, through the commands alone, as anybody can.

Every figure is of texts not learned from: the open part of ../shared/data is split by a hash of the text (or of the hotel, where
one hotel's reviews must not stand on both sides), four fifths to learn from, one fifth to be asked about, in turn where that is
said. The models that ship
never saw the sets of class B and C they are measured on here. Beside ours, in the same run and on the same split, fastText
(Debian's program, word pairs and pieces, 15 epochs) where it is installed. Intervals are 95 %, by 1,000 bootstrap samples.
"""
import argparse, collections, gzip, hashlib, json, os, random, subprocess, sys, tempfile, time

import themes, trends

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
DATA = os.environ.get("VERBATIM_DATA", os.path.join(ROOT, "..", "shared", "data"))
VERBATIM = os.environ.get("VERBATIM", os.path.join(ROOT, "build", "release", "verbatim"))
UNCLEAR = "unclear_licence/reviews/"
# Of the open part too, in the languages of the five sets: English of cars and their parts, French of services.
OTHERS = ["cars_posneg_en.jsonl.gz", "car_parts_amazon_posneg_en.jsonl.gz", "fr_trustpilot_services_stars.jsonl.gz", "fr_trustpilot_shops_stars.jsonl.gz"]
WORK = tempfile.mkdtemp(prefix="verbatim-understanding-")


def rows(name):
    with gzip.open(os.path.join(DATA, name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def side(key, share=5):
    return int(hashlib.sha1(("bench:" + key).encode()).hexdigest()[:8], 16) % share == 0


def text_of(row):
    parts = [row.get("title"), row.get("body") or row.get("text"), row.get("upside"), row.get("downside")]
    return "\n".join(part for part in parts if part)


def stars_of(row):
    rating, most = row.get("rating"), row.get("rating_max")
    if isinstance(rating, str):
        return 5 if rating.lower().startswith("pos") else 1
    if rating is None:
        return None
    if isinstance(most, (int, float)) and most != 5:
        rating = 1 + 4 * (rating - 1) / (most - 1)
    return rating


def write(name, some):
    path = os.path.join(WORK, name)
    with open(path, "w", encoding="utf-8") as out:
        for row in some:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def train(task, files, *more):
    out = tempfile.mkdtemp(dir=WORK)
    began = os.times()
    subprocess.run([VERBATIM, "train", task, "--data", *files, "--out", out, *more], check=True, stdout=subprocess.DEVNULL)
    ended = os.times()
    return out, ended.children_user - began.children_user


def ask(command, some, models=None, lang=True):
    lines = "".join(json.dumps({"id": i, "lang": row.get("lang") if lang else None, "text": text_of(row)}) + "\n" for i, row in enumerate(some))
    done = subprocess.run([VERBATIM, command, *(["--models", models] if models else [])], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def macro_f1(pairs):
    classes = sorted({truth for truth, _ in pairs})
    score = 0
    for one in classes:
        right = sum(1 for truth, said in pairs if truth == one and said == one)
        wrong = sum(1 for truth, said in pairs if (truth == one) != (said == one))
        score += 2 * right / (2 * right + wrong) if right else 0
    return score / len(classes)


def accuracy(pairs):
    return sum(truth == said for truth, said in pairs) / len(pairs)


def absolute_error(pairs):
    return sum(abs(truth - said) for truth, said in pairs) / len(pairs)


def interval(pairs, measure):
    dice = random.Random(7)
    found = sorted(measure(dice.choices(pairs, k=len(pairs))) for _ in range(1000 if len(pairs) < 3000 else 200))
    return found[int(0.025 * len(found))], found[int(0.975 * len(found)) - 1]


def show(task, pairs, measure, target, better="at least", peer=None):
    value, (low, high) = measure(pairs), interval(pairs, measure)
    reached = value >= target if better == "at least" else value <= target
    print(f"  {task:58} {value:.3f} [{low:.3f}, {high:.3f}]  {better} {target}: {'reached' if reached else 'MISSED by %.3f' % abs(value - target)}"
          + (f"  fastText here {peer:.3f} (ratio {value / peer:.2f})" if peer else ""), flush=True)
    return value


def confusion(pairs, order):
    counts = collections.Counter(pairs)
    print("      said: " + " ".join(f"{str(one):>8}" for one in order))
    for truth in order:
        print(f"      {str(truth):>5} " + " ".join(f"{counts[truth, said]:8}" for said in order))


def fasttext(learned, asked, label, measure):
    """The peer, on the same split: label(row) is what is learned; None where it is not installed."""
    if subprocess.run(["sh", "-c", "command -v fasttext"], capture_output=True).returncode:
        return None
    plain = lambda row: " ".join(text_of(row).lower().split())
    base = os.path.join(WORK, "fasttext")
    with open(base + ".txt", "w", encoding="utf-8") as out:
        for row in learned:
            out.write(f"__label__{label(row)} {plain(row)}\n")
    subprocess.run(["fasttext", "supervised", "-input", base + ".txt", "-output", base, "-wordNgrams", "2", "-lr", "0.5", "-minn", "2", "-maxn", "5", "-dim", "20", "-bucket", "200000", "-epoch", "15", "-thread", "2", "-verbose", "0"], check=True, capture_output=True)
    said = subprocess.run(["fasttext", "predict", base + ".bin", "-"], input="".join(plain(row) + "\n" for row in asked), capture_output=True, text=True, check=True).stdout.split()
    return measure([(str(label(row)), one.removeprefix("__label__")) for row, one in zip(asked, said)])


def folded(task, some, truth, said, beside=(), peer=True):
    """Every text asked about once, by a model learned from the other four fifths and of what stands beside: (truth, said) of ours and
    of fastText's."""
    pairs, peers, cpu = [], [], 0
    for fold in range(5):
        own = lambda row: int(hashlib.sha1(("fold:" + text_of(row)).encode()).hexdigest()[:8], 16) % 5 == fold
        asked = [row for row in some if own(row)]
        known = {text_of(row) for row in asked}
        learned = [row for row in some if not own(row)] + [row for row in beside if text_of(row) not in known]
        models, used = train(task, [write("fold.jsonl", learned)])
        cpu = max(cpu, used)
        pairs += [(truth(row), said(answer)) for row, answer in zip(asked, ask("analyse", asked, models))]
        if peer:
            peers += fasttext(learned, asked, truth, list) or []
    return pairs, peers, cpu


def sides(row):
    stars = stars_of(row)
    return None if stars is None or 2.25 < stars < 3.75 else "for" if stars > 3 else "against"


def said_side(answer):
    return "for" if answer["polarity"] > 0 else "against"


def polarity():
    print("polarity")
    car = [row for row in rows(UNCLEAR + "fr_insurance_car_stars.jsonl.gz") if sides(row)]
    pairs, peers, cpu = folded("polarity", car, sides, said_side)
    show("fr, trained (car insurance, five folds, macro F1)", pairs, macro_f1, 0.945, peer=peers and macro_f1(peers))
    confusion(pairs, ["for", "against"])
    print(f"      learned from four fifths of {len(car)} reviews in {cpu:.1f} s of CPU")
    other = [row for row in rows(UNCLEAR + "fr_insurance_other_stars.jsonl.gz") if sides(row)]
    pairs, _, _ = folded("polarity", car, sides, said_side, other, peer=False)
    show("the same, the open reviews of other insurances learned too", pairs, macro_f1, 0.945)
    pairs = [(sides(row), said_side(answer)) for row, answer in zip(car, ask("analyse", car))]
    show("fr, as shipped (class A and our own sayings)", pairs, macro_f1, 0.85)
    confusion(pairs, ["for", "against"])
    names = [UNCLEAR + "en_trustpilot_food_stars.jsonl.gz", UNCLEAR + "cars_edmunds_stars_en.jsonl.gz", UNCLEAR + "es_restmex_meia2025_stars.jsonl.gz", "reviews/ro_laroseda_stars.jsonl.gz",
             UNCLEAR + "multi_trustpilot_bank_stars.jsonl.gz"]
    sets = {name: [row for row in rows(name) if sides(row)] for name in names}
    learned = [row for some in sets.values() for row in some if not side(text_of(row))]
    models, cpu = train("polarity", [write("five.jsonl", learned)])
    asked = [row for some in sets.values() for row in some if side(text_of(row))]
    known = {text_of(row) for row in asked}
    more = [row for name in OTHERS for row in rows(UNCLEAR + name) if sides(row) and text_of(row) not in known]
    wider = dict(zip(map(text_of, asked), map(said_side, ask("analyse", asked, train("polarity", [write("more.jsonl", learned + more)])[0]))))
    ours = dict(zip(map(text_of, asked), map(said_side, ask("analyse", asked, models))))
    shipped = dict(zip(map(text_of, asked), map(said_side, ask("analyse", asked))))
    scores, shipped_scores, wider_scores = [], [], []
    for name, some in sets.items():
        part = [row for row in some if side(text_of(row))]
        scores.append(macro_f1([(sides(row), ours[text_of(row)]) for row in part]))
        shipped_scores.append(macro_f1([(sides(row), shipped[text_of(row)]) for row in part]))
        wider_scores.append(macro_f1([(sides(row), wider[text_of(row)]) for row in part]))
        print(f"      {name.split('/')[-1]:44} {len(part):5} reviews  macro F1 {scores[-1]:.3f}, other open sets learned too {wider_scores[-1]:.3f}, as shipped {shipped_scores[-1]:.3f}")
    mean = sum(scores) / len(scores)
    print(f"  {'en es ro multi, trained: mean macro F1 of five sets':58} {mean:.3f}  at least 0.91: {'reached' if mean >= 0.91 else 'MISSED by %.3f' % (0.91 - mean)}; as shipped {sum(shipped_scores) / len(scores):.3f}")
    mean = sum(wider_scores) / len(scores)
    print(f"  {'the same, the other open sets of these languages too':58} {mean:.3f}  at least 0.91: {'reached' if mean >= 0.91 else 'MISSED by %.3f' % (0.91 - mean)}")


def stars():
    print("stars")
    car = [row for row in rows(UNCLEAR + "fr_insurance_car_stars.jsonl.gz") if row["rating"]]
    pairs, peers, cpu = folded("stars", car, lambda row: int(stars_of(row)), lambda answer: answer["stars"])
    show("fr, trained (car insurance, five folds, mean absolute error)", pairs, absolute_error, 0.58, "at most", peers and absolute_error([(int(a), int(b)) for a, b in peers]))
    confusion(pairs, [1, 2, 3, 4, 5])
    print(f"      learned from four fifths of {len(car)} reviews in {cpu:.1f} s of CPU")
    other = [row for row in rows(UNCLEAR + "fr_insurance_other_stars.jsonl.gz") if row["rating"]]
    pairs, _, _ = folded("stars", car, lambda row: int(stars_of(row)), lambda answer: answer["stars"], other, peer=False)
    show("the same, the open reviews of other insurances learned too", pairs, absolute_error, 0.58, "at most")
    pairs = [(int(stars_of(row)), answer["stars"]) for row, answer in zip(car, ask("analyse", car))]
    print(f"      as shipped: {absolute_error(pairs):.3f}")


def genuine():
    print("machine-written and deceptive")
    hotels = rows("fake/maideup_hotels_10langs.jsonl.gz")
    learned, asked = [row for row in hotels if not side(row["subject"])], [row for row in hotels if side(row["subject"])]
    models, _ = train("machine", [write("machine.jsonl", learned)])
    said = ["machine" if answer["score"] >= 0.5 else "human" for answer in ask("authenticity", asked, models)]
    scores = {}
    for lang in sorted({row["lang"] for row in asked}):
        scores[lang] = accuracy([(row["label"], one) for row, one in zip(asked, said) if row["lang"] == lang])
    print("      by language: " + " ".join(f"{lang} {score:.3f}" for lang, score in scores.items()))
    french = [(row["label"], one) for row, one in zip(asked, said) if row["lang"] == "fr"]
    show("machine-written, fr (accuracy, hotels apart)", french, accuracy, 0.95)
    show("machine-written, all ten languages", [(row["label"], one) for row, one in zip(asked, said)], accuracy, 0.93, peer=fasttext(learned, asked, lambda row: row["label"], accuracy))
    confusion([(row["label"], one) for row, one in zip(asked, said)], ["human", "machine"])
    ott = rows("fake/ott_deceptive_opinion_en.jsonl.gz")
    folds = collections.defaultdict(list)
    for row in ott:
        folds[int(hashlib.sha1(row["subject"].encode()).hexdigest()[:8], 16) % 5].append(row)
    pairs = []
    for number, asked in folds.items():
        learned = [row for other, some in folds.items() if other != number for row in some]
        models, _ = train("deceptive", [write("ott.jsonl", learned)])
        pairs += [(row["deceptive"], answer["score"] >= 0.5) for row, answer in zip(asked, ask("authenticity", asked, models))]
    show(f"deceptive, trained (Ott, {len(folds)} folds by hotel, accuracy)", pairs, accuracy, 0.85)
    confusion(pairs, [False, True])


def languages():
    print("language, texts of 12 to 59 characters")
    some = collections.defaultdict(list)
    for name, field in [("absa/m_absa_12langs.jsonl.gz", "text"), ("moderation/hatecheck_9langs.jsonl.gz", "text"), ("reviews/ro_laroseda_stars.jsonl.gz", "body"), ("fake/maideup_hotels_10langs.jsonl.gz", "upside"),
                        ("absa/it_absita2018_hotels.jsonl.gz", "text"), (UNCLEAR + "fr_insurance_car_stars.jsonl.gz", "body")]:
        for row in rows(name):
            if row.get(field) and "official_split" not in row or name.startswith("absa/m_") and row.get("official_split") != "test":
                some[row["lang"]].append({"lang": row["lang"], "text": row[field]})
    chosen = [lang for lang, texts in sorted(some.items(), key=lambda one: -len(one[1])) if len(texts) >= 300][:15]
    learned = [row for lang in chosen for row in some[lang] if not side(row["text"])]
    asked = []
    for lang in chosen:
        short = [row for row in some[lang] if side(row["text"]) and 12 <= len(row["text"]) < 60]
        asked += random.Random(3).sample(short, min(500, len(short)))
    models, cpu = train("language", [write("languages.jsonl", learned)])
    said = [answer["lang"] for answer in ask("analyse", asked, models, lang=False)]
    pairs = [(row["lang"], one) for row, one in zip(asked, said)]
    show(f"{len(chosen)} languages, trained (accuracy)", pairs, accuracy, 0.975, peer=fasttext(random.Random(4).sample(learned, min(len(learned), 60000)), asked, lambda row: row["lang"], accuracy))
    print("      by language: " + " ".join(f"{lang} {accuracy([pair for pair in pairs if pair[0] == lang]):.3f}" for lang in sorted({row['lang'] for row in asked})) + f"; learned in {cpu:.0f} s of CPU")
    pairs = [(row["lang"], answer["lang"]) for row, answer in zip(asked, ask("analyse", asked, lang=False))]
    show(f"{len(chosen)} languages, as shipped (class A and our own words)", pairs, accuracy, 0.975)
    print("      by language: " + " ".join(f"{lang} {accuracy([pair for pair in pairs if pair[0] == lang]):.3f}" for lang in sorted({row['lang'] for row in asked})))


def main():
    parts = {"polarity": polarity, "stars": stars, "genuine": genuine, "language": languages}
    parts.update(themes.parts(sys.modules[__name__]))
    parts["trends"] = lambda: trends.trends(sys.modules[__name__])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(parts))
    wanted = parser.parse_args().parts or list(parts)
    if unknown := [one for one in wanted if one not in parts]:
        parser.error(f"there is no part {unknown[0]}: {', '.join(parts)}")
    for name in wanted:
        if name != "trends" and not os.path.isdir(DATA):
            print(f"{name}: skipped, {DATA} is not there")
            continue
        parts[name]()


main()
