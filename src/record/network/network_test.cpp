#include "record/network/network.h"

#include "engine/intake/test_database.h"
#include "record/network/country_rules.h"
#include "record/network/import.h"
#include "record/network/opening_hours.h"
#include "record/network/settings.h"

namespace verbatim::network {
namespace {

using intake::both_engines;
using intake::engine_name;
using storage::Tx;

const std::string sites_csv =
    "code,name,dealer,group,country,locale,timezone,street,postcode,city,latitude,longitude,phone,email,services,opening,brand\n"
    "FR001,Garage du Lac,Lac SARL,NORD,FR,fr,Europe/Paris,1 rue du Lac,74000,Annecy,45.9,6.12,+33 4 50 00 00 00,Accueil@Lac.example,new_car;workshop,Mo-Fr 08:00-18:30; Sa 09:00-17:00,Aurea\n"
    "DE001,Autohaus See,See GmbH,SUED,DE,,,Seestr. 1,78462,Konstanz,47.66,9.17,,info@see.example,workshop; used_car,24/7,\n"
    "BE001,Garage Meuse,Meuse SA,NORD,BE,fr-BE,Europe/Brussels,Quai 3,5000,Namur,,,,,,,\n";

class Network : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (db) db->migrate(migrations());
    }
    intake::Counts counts_of(const Result<intake::Counts>& result) {
        EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
        return result.ok() ? *result : intake::Counts{};
    }
    std::string sites_from(const std::string& text, const std::string& name = "sites.csv") {
        return intake::summary(counts_of(import_sites(*db, clock, write_file(name, text))));
    }
    std::string products_from(const std::string& text) { return intake::summary(counts_of(import_products(*db, clock, write_file("products.csv", text)))); }
    std::string people_from(const std::string& text) { return intake::summary(counts_of(import_people(*db, write_file("people.csv", text)))); }
    std::string rejected(const std::string& name) { return read_file((folder / (name + ".rejected.csv")).string()); }

    ManualClock clock{1'800'000'000};
};

INSTANTIATE_TEST_SUITE_P(Both, Network, both_engines, engine_name);

TEST_P(Network, ImportingSitesTwiceIsOnce) {
    EXPECT_EQ(sites_from(sites_csv), "3 read, 3 taken, 0 already there, 0 rejected");
    clock.advance(60);
    EXPECT_EQ(sites_from(sites_csv), "3 read, 0 taken, 3 already there, 0 rejected");
    const auto site = db->read([](Tx& tx) { return find_site(tx, "FR001"); });
    ASSERT_TRUE(site);
    EXPECT_EQ(site->name, "Garage du Lac");
    EXPECT_EQ(site->email, "accueil@lac.example");
    EXPECT_EQ(site->latitude, 45.9);
    EXPECT_TRUE(site->offers("workshop"));
    EXPECT_FALSE(site->offers("used_car"));
    EXPECT_FALSE(site->offers("work"));
    EXPECT_EQ(site->attributes, "{\"brand\":\"Aurea\"}");
    EXPECT_EQ(site->updated_at, 1'800'000'000) << "an equal row changes nothing, its time neither";
    const auto german = db->read([](Tx& tx) { return find_site(tx, "DE001"); });
    EXPECT_EQ(german->locale, "de");
    EXPECT_EQ(german->timezone, "Europe/Berlin");
    EXPECT_EQ(german->services, "used_car;workshop");
}

TEST_P(Network, AChangedSiteIsTakenAndKeepsItsCode) {
    sites_from(sites_csv);
    clock.advance(60);
    std::string changed = sites_csv;
    changed.replace(changed.find("Annecy"), 6, "Talloires");
    EXPECT_EQ(sites_from(changed), "3 read, 1 taken, 2 already there, 0 rejected");
    const auto site = db->read([](Tx& tx) { return find_site(tx, "FR001"); });
    EXPECT_EQ(site->city, "Talloires");
    EXPECT_EQ(site->updated_at, 1'800'000'060);
}

TEST_P(Network, EachBadSiteIsRejectedWithItsReason) {
    const std::string header = "code,name,country,locale,timezone,latitude,longitude,email,services,opening,group\n";
    EXPECT_EQ(sites_from(header + "GOOD,One,FR,,,,,,,,\n"
                                  "a/b,x,FR,,,,,,,,\n"
                                  ",x,FR,,,,,,,,\n"
                                  "C3,,FR,,,,,,,,\n"
                                  "C4,x,ZZ,,,,,,,,\n"
                                  "C5,x,fr,,,,,,,,\n"
                                  "C6,x,FR,french,,,,,,,\n"
                                  "C7,x,FR,,Paris,,,,,,\n"
                                  "C8,x,FR,,,91,0,,,,\n"
                                  "C9,x,FR,,,\"45,9\",0,,,,\n"
                                  "C10,x,FR,,,45,,,,,\n"
                                  "C11,x,FR,,,,,not an address,,,\n"
                                  "C12,x,FR,,,,,,sales,,\n"
                                  "C13,x,FR,,,,,,,whenever,\n"
                                  "C14,x,FR,,,nan,0,,,,\n"
                                  "GOOD,Two,FR,,,,,,,,\n"
                                  "C15,x,FR,,,,,,,,a group\n"),
              "17 read, 1 taken, 0 already there, 16 rejected");
    const std::string report = rejected("sites.csv");
    for (const char* reason : {"3,\"code \"\"a/b\"\"", "4,code is missing", "5,name is missing", "6,\"country \"\"ZZ\"\"", "7,\"country \"\"fr\"\"", "8,\"locale", "9,\"timezone", "10,\"latitude",
                               "11,\"latitude", "12,latitude and longitude come together", "13,\"email", "14,\"services", "15,\"opening", "16,\"latitude",
                               "17,\"code GOOD stands on line 2 already", "18,\"group"})
        EXPECT_NE(report.find(reason), std::string::npos) << reason << "\n" << report;
}

TEST_P(Network, SitesArePagedByKey) {
    sites_from(sites_csv);
    db->read([](Tx& tx) {
        EXPECT_EQ(sites(tx, "", "", 2).size(), 2u);
        EXPECT_EQ(sites(tx, "", "DE001", 10).front().code, "FR001");
        EXPECT_EQ(sites(tx, "FR", "", 10).size(), 1u);
        EXPECT_EQ(sites_of_group(tx, "NORD", "", 10).size(), 2u);
        const auto found = countries(tx);
        ASSERT_EQ(found.size(), 3u);
        EXPECT_EQ(found[0].country, "BE");
        EXPECT_EQ(found[0].sites, 1);
    });
}

TEST_P(Network, ProductsAreChecked) {
    const std::string good = "code,name,kind,parent,url,image,mpn,gtin\nVOLT,Volt,model,,https://aurea.example/volt,,V1,4006381333931\nVOLT-S,Volt S,version,VOLT,,,,\n";
    EXPECT_EQ(products_from(good), "2 read, 2 taken, 0 already there, 0 rejected");
    EXPECT_EQ(products_from(good), "2 read, 0 taken, 2 already there, 0 rejected");
    EXPECT_EQ(products_from("code,name,kind,parent,url,gtin\nA,a,car,,,\nB,b,model,B,,\nC,c,model,,javascript:alert(1),\nD,d,model,,,4006381333932\nE,e,model,,,12\nF,f,accessory,,,\n"),
              "6 read, 1 taken, 0 already there, 5 rejected");
    db->read([](Tx& tx) {
        EXPECT_EQ(find_product(tx, "VOLT-S")->parent, "VOLT");
        EXPECT_EQ(products(tx, "F", 10).size(), 2u);
        EXPECT_EQ(subject_name(tx, "product:VOLT"), "Volt");
        EXPECT_FALSE(subject_name(tx, "product:NONE"));
        EXPECT_FALSE(subject_name(tx, "VOLT"));
    });
}

TEST_P(Network, PeopleNeedAScopeThatExists) {
    sites_from(sites_csv);
    products_from("code,name,kind\nVOLT,Volt,model\n");
    const std::string people =
        "email,name,role,scope,locale\n"
        "Ann@lac.example,Ann Dupont,site,FR001,fr\n"
        "bea@lac.example,Bea Martin,adviser,FR001,fr\n"
        "gus@nord.example,Gus Nord,group,NORD,fr\n"
        "cy@hq.example,Cy Land,country,FR,fr\n"
        "mo@hq.example,Mo Fr,moderator,*,fr\n"
        "md@hq.example,Mo De,moderator,*,de\n"
        "pat@hq.example,Pat Volt,product,VOLT,en\n"
        "x@hq.example,X,site,NOWHERE,\n"
        "x@hq.example,X,adviser,FR,\n"
        "x@hq.example,X,boss,*,\n"
        "x at hq,X,hq,*,\n"
        "x@hq.example,X,group,FR001,\n";
    EXPECT_EQ(people_from(people), "12 read, 7 taken, 0 already there, 5 rejected");
    EXPECT_EQ(people_from(people), "12 read, 0 taken, 7 already there, 5 rejected");
    const std::string report = rejected("people.csv");
    for (const char* reason : {"9,\"scope \"\"NOWHERE\"\": is no known site", "10,\"scope", "11,\"role", "12,\"email", "13,\"scope"})
        EXPECT_NE(report.find(reason), std::string::npos) << reason << "\n" << report;
    db->read([](Tx& tx) {
        ASSERT_EQ(people_on_site(tx, "FR001").size(), 1u);
        EXPECT_EQ(people_on_site(tx, "FR001")[0].email, "ann@lac.example");
        EXPECT_EQ(people_of_group(tx, "NORD").size(), 1u);
        EXPECT_TRUE(people_of_group(tx, "").empty());
        EXPECT_EQ(people_of_country(tx, "FR").size(), 1u);
        EXPECT_EQ(people_by_email(tx, " ANN@Lac.example").size(), 1u);
        EXPECT_EQ(staff_names(tx, "FR001", "NORD"), (std::vector<std::string>{"Ann Dupont", "Bea Martin", "Gus Nord"}));
        const auto adviser = people_with_role(tx, "adviser").at(0);
        EXPECT_EQ(subject_name(tx, "adviser:" + std::to_string(adviser.id)), "Bea") << "the public sees a first name only";
        EXPECT_FALSE(subject_name(tx, "adviser:" + std::to_string(people_on_site(tx, "FR001")[0].id)));
    });
}

TEST_P(Network, MOD6ModeratorsOfTheLanguageElseAll) {
    people_from("email,name,role,scope,locale\na@hq.example,A,moderator,*,fr\nb@hq.example,B,moderator,*,de\nc@hq.example,C,moderator,*,fr-BE\n");
    db->read([](Tx& tx) {
        EXPECT_EQ(moderators_for_language(tx, "fr").size(), 2u);
        EXPECT_EQ(moderators_for_language(tx, "de-AT").size(), 1u);
        EXPECT_EQ(moderators_for_language(tx, "pl").size(), 3u);
        EXPECT_EQ(moderators_for_language(tx, "").size(), 3u);
    });
}

TEST_P(Network, SubjectsAreCreatedWithTheirNameOnly) {
    db->write([&](Tx& tx) {
        EXPECT_EQ(create_product(tx, clock.now(), "2007-Aurea-mdx", "2007 Aurea mdx"), Stored::taken);
        EXPECT_EQ(create_product(tx, clock.now(), "2007-Aurea-mdx", "another"), Stored::already);
        EXPECT_EQ(create_site(tx, clock.now(), "S1", "Garage"), Stored::taken);
    });
    db->read([](Tx& tx) {
        EXPECT_EQ(find_product(tx, "2007-Aurea-mdx")->name, "2007 Aurea mdx");
        EXPECT_EQ(subject_name(tx, "site:S1"), "Garage");
    });
}

TEST_P(Network, SettingsHaveDefaultsLimitsAndOverrides) {
    db->write([](Tx& tx) {
        EXPECT_TRUE(set_setting(tx, "brand.name", "Aurea").ok());
        EXPECT_TRUE(set_setting(tx, "invite.delay.workshop", "3").ok());
        EXPECT_FALSE(set_setting(tx, "invite.delay.workshop", "-1").ok());
        EXPECT_FALSE(set_setting(tx, "invite.delay.workshop", "3 days").ok());
        EXPECT_FALSE(set_setting(tx, "no.such", "1").ok());
    });
    db->read([](Tx& tx) {
        EXPECT_EQ(setting(tx, "brand.name"), "Aurea");
        EXPECT_FALSE(setting(tx, "mail.from"));
        Settings settings = Settings::load(tx, {{"invite.max_age_days", "30"}});
        EXPECT_EQ(settings.text("brand.name"), "Aurea");
        EXPECT_EQ(settings.invite_delay_days("workshop"), 3);
        EXPECT_EQ(settings.invite_delay_days("order"), 14);
        EXPECT_EQ(settings.invite_delay_days("delivery"), 7);
        EXPECT_EQ(settings.number("invite.max_age_days"), 30);
        EXPECT_TRUE(settings.override_with("limits.posts_per_minute=5").ok());
        EXPECT_EQ(settings.number("limits.posts_per_minute"), 5);
        EXPECT_NE(settings.override_with("limits.post=5").error().message.find("limits.posts_per_minute"), std::string::npos);
        EXPECT_FALSE(settings.override_with("brand.name").ok());
        EXPECT_THROW(static_cast<void>(settings.text("no.such")), std::logic_error);
    });
    db->write([](Tx& tx) { EXPECT_TRUE(set_setting(tx, "brand.name", "").ok()); });
    EXPECT_FALSE(db->read([](Tx& tx) { return setting(tx, "brand.name"); }));
}

TEST(Codes, AreMadeOfAnyTextAndStayApart) {
    EXPECT_EQ(code_from("FR001"), "FR001");
    EXPECT_EQ(code_from("2007 Acura mdx"), "2007-Acura-mdx");
    for (const char* text : {"", " ", "é", "a/b", "a\\b", "-x", "L'olivier / auto", "\xe4\xb8\xad\xe6\x96\x87"}) EXPECT_TRUE(is_code(code_from(text))) << code_from(text);
    EXPECT_NE(code_from("a/b"), code_from("a\\b"));
    EXPECT_NE(code_from("a/b"), code_from("a-b"));
    const std::string lengthy(100, 'x');
    EXPECT_TRUE(is_code(code_from(lengthy)));
    EXPECT_NE(code_from(lengthy), code_from(lengthy + "y"));
    EXPECT_EQ(code_from("a/b"), code_from("a/b"));
}

TEST(CountryRules, INC6GermanyWantsConsentOrTheSoftOptIn) {
    for (const char* basis : {"yes", "soft_optin"}) EXPECT_TRUE(invitation_basis_suffices("DE", basis)) << basis;
    for (const char* basis : {"legitimate_interest", "contract", "no", "", "maybe"}) EXPECT_FALSE(invitation_basis_suffices("DE", basis)) << basis;
    for (const char* basis : {"yes", "soft_optin", "legitimate_interest", "contract"}) EXPECT_TRUE(invitation_basis_suffices("FR", basis)) << basis;
    for (const char* basis : {"no", "", "maybe"}) EXPECT_FALSE(invitation_basis_suffices("FR", basis)) << basis;
}

TEST(CountryRules, EML11TrackingNeedsConsentEverywhere) {
    EXPECT_TRUE(basis_suffices("FR", "tracking", "yes"));
    EXPECT_FALSE(basis_suffices("FR", "tracking", "soft_optin"));
    EXPECT_TRUE(basis_suffices("FR", "marketing", "soft_optin"));
    EXPECT_FALSE(basis_suffices("FR", "marketing", "legitimate_interest"));
    EXPECT_FALSE(basis_suffices("FR", "anything", "contract"));
}

TEST(CountryRules, KnowTheWorld) {
    for (const char* code : {"FR", "DE", "GB", "AD", "ZW", "KY", "RO", "XK"}) EXPECT_EQ(is_country(code), std::string_view(code) != "XK") << code;
    for (const char* code : {"", "F", "fr", "RF1", "EU", "UK"}) EXPECT_FALSE(is_country(code)) << code;
    EXPECT_EQ(default_timezone("RO"), "Europe/Bucharest");
    EXPECT_EQ(default_locale("??"), "en");
    EXPECT_FALSE(adviser_may_be_rated("DE"));
    EXPECT_TRUE(adviser_may_be_rated("FR"));
}

TEST(OpeningHours, TheFormOfOpenStreetMap) {
    for (const char* good : {"Mo-Fr 08:00-18:30; Sa 09:00-17:00", "24/7", "Mo,We,Fr 08:00-12:00,13:30-18:00;", "Mo-Sa 09:00-12:00, 14:00-19:00", "Su,PH off", "Apr-Oct Mo-Sa 08:00-19:00", "08:00-18:00",
                             "Mo-Fr 17:00+", "Fr-Sa 20:00-26:00", "closed"})
        EXPECT_TRUE(is_opening_hours(good)) << good;
    for (const char* bad : {"", "whenever", "Mo-Fr", "Mo-Fr 8-18", "Mo-Fr 08:00", "Mo-Fr 08:60-09:00", "Mo-Fr 27:00-28:00", "Lu-Ve 08:00-18:00", "08:00-18:00 Mo", ";", "Mo-Fr , 08:00-18:00", "Jan"})
        EXPECT_FALSE(is_opening_hours(bad)) << bad;
}

TEST(Timezones, AreWrittenLikeIanaNames) {
    for (const char* good : {"Europe/Paris", "America/Argentina/Salta", "UTC", "Etc/GMT+3", "America/Port-au-Prince"}) EXPECT_TRUE(is_timezone(good)) << good;
    for (const char* bad : {"", "Paris", "europe/paris", "Europe/", "Europe//Paris", "Europe/Pa ris", "../etc/passwd"}) EXPECT_FALSE(is_timezone(bad)) << bad;
}

}  // namespace
}  // namespace verbatim::network
