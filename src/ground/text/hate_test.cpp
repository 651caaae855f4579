#include "ground/text/hate.h"

#include "ground/text/detectors.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

struct Sentence {
    const char *lang, *text;
};

// The first finding of hate or a threat by packs and frames, as rule and words; "" without one.
std::string hate_in(const std::string& text, const std::string& lang) {
    Context context;
    context.lang = lang;
    static const auto detectors = Detectors::shipped_without_model();
    for (const Finding& finding : detectors->find(text, context)) {
        if (finding.reason == "hate" || finding.reason == "threat") return finding.rule + ": " + finding.text;
    }
    return "";
}

// MOD-3: discriminatory words are on the closed list of reasons; our own sentences, contempt of every shape.
TEST(Hate, MOD_3_contempt_composed_of_plain_words_asks_a_human) {
    const Sentence sentences[] = {
        {"en", "I can't stand black people."},
        {"en", "I hate all women."},
        {"en", "Women are so stupid."},
        {"en", "Trans people are freaks."},
        {"en", "You are just a stupid Muslim."},
        {"en", "Those damn immigrants."},
        {"en", "Fuck all gays."},
        {"en", "Gay people are fucking disgusting."},
        {"en", "Those fucking Muslims should all burn in hell."},
        {"en", "Black people are not human beings."},
        {"en", "Women do not deserve to vote."},
        {"en", "Disabled people will never be worth anything."},
        {"en", "I would never trust a Muslim."},
        {"en", "I've never met a decent immigrant."},
        {"en", "No decent person is friends with a Jew."},
        {"en", "Trans people shouldn't exist."},
        {"en", "Aren't women just disgusting?"},
        {"en", "Why are gays so gross?"},
        {"en", "Who else hates immigrants?"},
        {"en", "Is it ok to despise Muslims?"},
        {"en", "In my opinion, women are worth less than men."},
        {"en", "I honestly think disabled people are a burden to everyone."},
        {"en", "Let's be honest, black people are inferior."},
        {"en", "Muslims live in my street, and I want them gone."},
        {"en", "Immigrants are everywhere. I wish they would all die."},
        {"en", "My neighbour is gay. I really despise people like that."},
        {"en", "Women are weak and they should stay silent."},
        {"en", "If immigrants come near me I will shoot them."},
        {"en", "I'm coming for you, dirty Muslims."},
        {"en", "I will find every Jew and hurt them."},
        {"en", "Muslims deserve to be shot."},
        {"en", "Somebody should teach women a lesson with a fist."},
        {"en", "It's time to rid the world of gays."},
        {"en", "We should get rid of all disabled kids."},
        {"en", "Watch out gays, I am going to beat you up."},
        {"en", "I ahte gays."},
        {"en", "I hte women."},
        {"en", "Blak people are scum."},
        {"en", "Womenare disgusting."},
        {"en", "Ihateimmigrants."},
        {"en", "I h a t e w o m e n."},
        {"en", "I h4te bl4ck p3ople."},
        {"en", "Musl1ms are v3rmin."},
        {"en", "immigrants = parasites"},
        {"en", "Gay people should be treated like the animals they are."},
        {"en", "Women belong in the kitchen."},
        {"en", "We have to stop letting immigrants steal our jobs."},
        {"en", "The world would be a better place without Muslims."},
        {"en", "Black people will never be as smart as us."},
        {"en", "I feel sick when I see trans people."},
        {"en", "I have no sympathy for refugees."},
        {"en", "Nothing disgusts me more than gay people."},
        {"en", "There is nothing worse than a trans person."},
        {"en", "You are disabled, you are nothing."},
        {"en", "Muslims are such fucking assholes."},
        {"en", "Gays are all so shit."},
        {"en", "I fucking hate women."},
        {"en", "Women are such fucking bitches."},
        {"en", "Muslims can suck my dick."},
        {"en", "I have to say that gays are fucking gross."},
        {"en", "Don't you think black people are ugly?"},
        {"en", "What is wrong with all those trans freaks?"},
        {"en", "How can anyone like immigrants?"},
        {"en", "Has anyone ever met a smart woman?"},
        {"en", "Do immigrants ever do anything useful?"},
        {"en", "What are disabled people even good for?"},
        {"en", "When will the gays finally shut up?"},
        {"en", "How many immigrants must we let in before we are extinct?"},
        {"en", "Black people, I cannot stand those fuckers."},
        {"en", "Women? They are all idiots."},
        {"en", "You're gay, and that is disgusting."},
        {"en", "A gay couple moved in next door. I hope they die soon."},
        {"en", "Disabled people are just not worth the money."},
        {"en", "I will gas every Jew."},
        {"en", "I'm going to find you gays and end you."},
        {"en", "We must make immigrants suffer."},
        {"en", "Let's start a war on Muslims."},
        {"en", "Immigrants need to be taught a lesson."},
        {"en", "Wmoen are vermin."},
        {"en", "Gays a r e s i c k."},
        {"en", "Muslimsaredisgusting"},
        {"en", "women arestupid"},
        {"en", "Ihateblackpeople"},
        {"en", "Wewillkillallthegayswhenweseethem"},
        {"fr", "Lesimmigréssonttousdesvoleurs"},
        {"es", "Losinmigrantessontodosunosladrones"},
        {"de", "Ichhassealleausländer"},
        {"ar", "bakrah el laj2een"},
        {"ar", "el yahood 7ayawanat"},
        {"fr", "Un trans ne sera jamais une femme."},
        {"fr", "Les juifs dirigent tout."},
        {"fr", "Je déteste les femmes."},
        {"fr", "Les noirs sont tous des voleurs."},
        {"fr", "Je ne supporte pas les musulmans."},
        {"fr", "Les gays me dégoûtent."},
        {"fr", "Les handicapés sont un fardeau pour la société."},
        {"fr", "Les immigrés ne sont que des parasites."},
        {"fr", "Les femmes ne méritent pas de voter."},
        {"fr", "Il faut gazer les juifs."},
        {"fr", "Je vais te tuer, sale arabe."},
        {"fr", "Qu'ils rentrent chez eux, ces réfugiés."},
        {"fr", "Les femmes, je les hais."},
        {"fr", "Putain de migrants de merde."},
        {"fr", "Les trans n'ont rien à faire ici."},
        {"fr", "Les noirs ne seront jamais nos égaux."},
        {"fr", "Je n'aime pas les gays."},
        {"fr", "Pourquoi les femmes sont-elles si stupides ?"},
        {"fr", "Selon moi, les handicapés ne valent rien."},
        {"fr", "Des migrants vivent dans ma rue. Ils sont répugnants."},
        {"fr", "L3s f3mm3s sont stupides."},
        {"fr", "Les fmemes sont stupides."},
        {"fr", "Lesfemmessontstupides."},
        {"fr", "Je h a i s les gays."},
        {"de", "Ich hasse Frauen."},
        {"de", "Frauen sind einfach nur dumm."},
        {"de", "Flüchtlinge sind Ungeziefer."},
        {"de", "Juden gehören vergast."},
        {"de", "Ich kann Schwule nicht ausstehen."},
        {"de", "Behinderte sind nichts wert."},
        {"de", "Ausländer raus!"},
        {"de", "Schwarze sind keine Menschen."},
        {"de", "Ich werde dich umbringen, du Jude."},
        {"de", "Transmenschen dürfen nicht existieren."},
        {"de", "Diese verdammten Flüchtlinge."},
        {"de", "Sind Frauen nicht einfach ekelhaft?"},
        {"de", "Flüchtlinge wohnen nebenan. Ich verabscheue sie."},
        {"de", "Fraunesind dumm."},
        {"es", "Odio a las mujeres."},
        {"es", "Los negros son inferiores."},
        {"es", "Los inmigrantes son una plaga."},
        {"es", "No soporto a los gays."},
        {"es", "Los judíos deberían morir."},
        {"es", "Las mujeres no merecen votar."},
        {"es", "Los discapacitados no son personas."},
        {"es", "Que se larguen los refugiados."},
        {"ar", "أنا أكره النساء"},
        {"ar", "أكره اليهود بشدة"},
        {"ar", "المهاجرون حشرات"},
        {"ar", "النساء غبيات"},
        {"ar", "سأقتلك أيها اليهودي"},
        {"ar", "سوف أقتل كل المهاجرين"},
        {"ar", "يجب إعدام كل المثليين"},
        {"ar", "المعاقون عبء على المجتمع"},
        {"ar", "المتحولون جنسيا ليسوا بشرا"},
        {"ar", "لا أحترم السود"},
        {"ar", "النساء لا يستحقن الحقوق"},
        {"ar", "اطردوا المهاجرين من بلادنا"},
        {"ar", "يعيش المهاجرون هنا. إنهم مقرفون"},
        {"ar", "هؤلاء السود اللعينين"},
        {"ar", "سوف نجدكم ونحرقكم أيها المثليون"},
        {"ar", "سأضربك حتى الموت يا معاق"},
        {"ar", "كل المهاجرين يستحقون الموت"},
        {"ar", "أتمنى أن يموت كل اليهود"},
        {"ar", "لن أتقبل المثليين أبدا"},
        {"ar", "المرأة ليست إنسانا"},
    };
    for (const Sentence& sentence : sentences) EXPECT_NE(hate_in(sentence.text, sentence.lang), "") << sentence.lang << ": " << sentence.text;
}

TEST(Hate, naming_people_defending_them_or_denying_contempt_is_none) {
    const Sentence sentences[] = {
        {"en", "I'm not a fan of people who hate women."},
        {"en", "No woman deserves to be beaten."},
        {"en", "Gay people are not disgusting."},
        {"en", "I would never say that Muslims are terrorists."},
        {"en", "Muslims are not all terrorists."},
        {"en", "I don't hate immigrants."},
        {"en", "It is not true that black people are lazy."},
        {"en", "\"Women are stupid\" is something only idiots say."},
        {"en", "Saying that gays should die is despicable."},
        {"en", "You can't just call all Muslims terrorists."},
        {"en", "He said \"I hate gays\" and got fired."},
        {"en", "I am a black woman."},
        {"en", "My neighbours are Muslims and they are lovely."},
        {"en", "I love being gay."},
        {"en", "Many disabled people work here."},
        {"en", "We should protect refugees."},
        {"en", "Immigrants make this country great."},
        {"en", "I respect women."},
        {"en", "Trans rights are human rights."},
        {"en", "Nobody should be attacked for being gay."},
        {"en", "Being trans is nothing to be ashamed of."},
        {"en", "There are a lot of Jews in New York."},
        {"en", "Capitalists are parasites."},
        {"en", "I hate doctors."},
        {"en", "You are scum."},
        {"en", "I hate this fucking weather."},
        {"en", "Kill all the weeds."},
        {"en", "Telling a disabled person they are worthless is cruel."},
        {"en", "Women are just as smart as men, not inferior."},
        {"en", "No one should ever feel unsafe because they are Muslim."},
        {"en", "We must not let hatred of immigrants win."},
        {"en", "The women at the desk were rude and useless."},
        {"en", "How would you feel if I said women are trash?"},
        {"en", "The dirty black seats and disgusting smell of the car."},
        {"en", "My wife and other women hate this colour."},
        {"en", "The dealer refused to help my disabled mother."},
        {"en", "Not a good car for disabled people."},
        {"en", "I'm a dyke and proud of it."},
        {"en", "He went outside to smoke a fag."},
        {"en", "The kitchen is spick and span."},
        {"fr", "Si tu détestes les noirs, tu n'es pas mon ami."},
        {"de", "Wenn du Muslime hasst, bist du nicht mein Freund."},
        {"ar", "ana ba7eb el neswan"},
        {"fr", "Aucune femme ne mérite d'être battue."},
        {"fr", "Les musulmans ne sont pas des terroristes."},
        {"fr", "Dire que les femmes sont stupides est inacceptable."},
        {"fr", "Je ne déteste pas les migrants."},
        {"fr", "« Les noirs sont des voleurs » est une phrase raciste."},
        {"fr", "Je suis une femme noire."},
        {"fr", "J'adore mes amis gays."},
        {"fr", "Les réfugiés sont des gens comme nous."},
        {"fr", "Je déteste les lundis."},
        {"fr", "Tu es une ordure."},
        {"fr", "Les artistes sont des parasites."},
        {"fr", "Arrêtez de traiter les gays de malades."},
        {"fr", "Ma femme déteste cette voiture."},
        {"fr", "La femme à l'accueil était incompétente."},
        {"de", "Frauen sind nicht dumm."},
        {"de", "Keine Frau verdient es, geschlagen zu werden."},
        {"de", "Ich hasse Flüchtlinge nicht."},
        {"de", "Zu sagen, dass Schwule krank sind, ist falsch."},
        {"de", "Ich bin eine schwarze Frau."},
        {"de", "Flüchtlinge sind Menschen wie wir."},
        {"de", "Ich hasse Montage."},
        {"de", "Du bist Abschaum."},
        {"de", "Banker sind Parasiten."},
        {"de", "Die Frau an der Theke war unfähig."},
        {"es", "Las mujeres no son inferiores."},
        {"es", "Decir que los gays son enfermos es inaceptable."},
        {"es", "Ninguna mujer merece ser golpeada."},
        {"es", "Amo a mis amigos gays."},
        {"es", "Soy una mujer negra."},
        {"es", "No odio a los inmigrantes."},
        {"es", "Eres escoria."},
        {"es", "Odio los lunes."},
        {"ar", "أنا لا أكره المهاجرين"},
        {"ar", "المسلمون ليسوا إرهابيين"},
        {"ar", "القول إن النساء غبيات أمر خاطئ"},
        {"ar", "أنا امرأة سوداء"},
        {"ar", "أحب أصدقائي المثليين"},
        {"ar", "اللاجئون بشر مثلنا"},
        {"ar", "جاري مهاجر من سوريا"},
        {"ar", "المعاقون جزء من المجتمع"},
        {"ar", "أكره يوم الاثنين"},
        {"ar", "أنت حثالة"},
        {"ar", "المرأة نصف المجتمع"},
        {"ar", "لا يجب أن يموت أي مهاجر"},
        {"ar", "أحب النساء"},
    };
    for (const Sentence& sentence : sentences) EXPECT_EQ(hate_in(sentence.text, sentence.lang), "") << sentence.lang << ": " << sentence.text;
}

TEST(Hate, a_finding_names_its_frame_and_the_exact_words) {
    Context context;
    context.lang = "en";
    const auto findings = Detectors::shipped()->find("\xC3\xA9. Sadly, immigrants are vermin, he said nothing.", context);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].reason, "hate");
    EXPECT_EQ(findings[0].rule, "hate.frame.en.dehumanising");
    EXPECT_EQ(findings[0].text, "immigrants are vermin");
    EXPECT_EQ(findings[0].start, 10u);
    EXPECT_EQ(findings[0].end, 31u);
    EXPECT_GT(findings[0].confidence, 0.5);
}

TEST(Hate, a_threat_against_a_group_is_a_threat) {
    EXPECT_EQ(hate_in("We will burn all the refugees.", "en"), "hate.frame.en.violence: burn all the refugees");
    Context context;
    context.lang = "en";
    EXPECT_EQ(Detectors::shipped()->find("We will burn all the refugees.", context).at(0).reason, "threat");
}

TEST(Hate, every_shipped_language_can_be_read_and_has_its_roles) {
    const HateRules& rules = HateRules::shipped();
    EXPECT_EQ(rules.languages(), (std::vector<std::string>{"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt"}));
    Folded folded;
    std::vector<Mark> marks;
    for (const std::string& language : rules.languages()) {
        fold("a b c", folded);
        EXPECT_NO_THROW(rules.find("a b c", folded, language, marks)) << language;
    }
    EXPECT_TRUE(marks.empty());
}

TEST(Hate, a_language_without_words_finds_nothing) {
    EXPECT_EQ(hate_in("I hate women.", "fi"), "");
}

TEST(HateWords, mistakes_name_their_line) {
    const std::string head = "words = en\nversion = 1\nsource = ours\nlicence = ours\n";
    EXPECT_TRUE(HateWords::parse(head + "let s = (|s)\n[group]\nwom(a|e)n, gay{s}\n[bad]\ndisgust*\n").ok());
    for (const auto& [text, message] : {std::pair<std::string, std::string>{"[nonsense]\n", "line 5: unknown section"}, {"[group]\na,,b\n", "line 6: an empty entry"}, {"[group]\na(b\n", "line 6: a ( without"},
                                        {"[group]\na)b\n", "line 6: a ) without"}, {"[group]\n{x}\n", "line 6: an unknown piece"}, {"colour = red\n", "line 5: unknown head line"}}) {
        const auto words = HateWords::parse(head + text);
        ASSERT_FALSE(words.ok()) << text;
        EXPECT_EQ(words.error().message.substr(0, message.size()), message);
    }
    EXPECT_FALSE(HateWords::parse("[group]\na\n").ok());
}

}  // namespace
}  // namespace verbatim::text
