// The doors of the figures: who comes in, what lies beside his branch, what is asked wrongly, and that CSV and JSON are the same figures.
#include "edge/api/figures.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "engine/jobs/jobs.h"
#include "record/access/keys.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/factors/factors.h"
#include "record/figures/figures.h"
#include "record/ledger/ledger.h"
#include "record/links/links.h"
#include "record/network/import.h"
#include "record/repeats/repeats.h"
#include "record/reviews/reviews.h"
#include "record/vault/vault.h"

namespace verbatim::api {
namespace {

using nlohmann::json;
using storage::Tx;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class FigureRoutes : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), factors::migrations(), contact::migrations(), ledger::migrations(),
                 experiences::migrations(), events::migrations(), reviews::migrations(), figures::migrations(), access::migrations(), repeats::migrations()});
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "QUAY,=Garage du Quai,Belvaux,FR,fr-FR,Europe/Paris,quay@example.org,workshop\n"
                                      "DUNE,Garage de la Dune,,BE,fr-BE,Europe/Brussels,dune@example.org,workshop\n");
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        figures::Counts counts;
        counts.cell[figures::Measure::n5] = 3;
        counts.cell[figures::Measure::n1] = 1;
        db->write([&](Tx& tx) {
            figures::mark_complete(tx);
            figures::count(tx, {"site:QUAY", "workshop", *figures::parse_month("2026-10"), {}, {}, {}, {}}, counts);
        });
        oversee.emplace(*db, clock);
        access.emplace(*db, clock);
        gate.emplace(router, *access, std::make_shared<Hygiene>(std::make_shared<const repeats::Repeats>(*db, clock), 0));
        figure_routes(*gate, *oversee);
    }
    std::string key(const std::string& role, const std::string& scope) {
        const auto made = db->write([&](Tx& tx) { return access::make_key(tx, clock.now(), {"a program", role + "@example.org", role, scope, {}, {}, 0}, "test"); });
        EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message);
        return made ? made->secret : "";
    }
    http::Response ask(const std::string& secret, const std::string& target, const std::string& accept = {}) {
        http::Request request;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        request.query = target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1);
        if (!secret.empty()) request.fields.push_back({"Authorization", "Bearer " + secret});
        if (!accept.empty()) request.fields.push_back({"Accept", accept});
        return router.dispatch(request);
    }

    ManualClock clock{*parse_moment("2026-10-15T10:00:00Z")};
    http::Router router;
    std::optional<oversee::Oversee> oversee;
    std::optional<access::Access> access;
    std::optional<Gate> gate;
};

TEST_P(FigureRoutes, LetInWhoMayReadFigures) {
    const auto moderator = key("moderator", "*"), country = key("country", "FR"), auditor = key("auditor", "*");
    for (const auto& route : gate->routes()) {
        EXPECT_EQ(route.permission, Permission::figures_read) << route.pattern;
        const auto with = route.pattern + (route.pattern.find("/by") == std::string::npos ? "" : "?dimension=site");
        EXPECT_EQ(ask("", with).status, 401) << with;
        EXPECT_EQ(ask("not a key", with).status, 401) << with;
        EXPECT_EQ(ask(moderator, with).status, 403) << with;
        EXPECT_EQ(ask(country, with).status, 200) << with << " " << ask(country, with).body;
        EXPECT_EQ(ask(auditor, with).status, 200) << with;
        const auto beside = with + (with.find('?') == std::string::npos ? "?" : "&") + "branch=country:BE";
        EXPECT_EQ(ask(country, beside).status, 404) << beside;
        EXPECT_EQ(ask(auditor, beside).status, 200) << beside;
    }
    EXPECT_EQ(gate->routes().size(), 10U);
}

TEST_P(FigureRoutes, SayWhichFieldIsWrong) {
    const auto hq = key("hq", "*");
    for (const auto& [target, field] : {std::pair("/summary?about=people", "about"), std::pair("/summary?from=2026-13&to=2026-10", "from"), std::pair("/summary?from=2026-10", "to"),
                                        std::pair("/summary?service=laundry", "service"), std::pair("/summary?model=NONE", "product"), std::pair("/series?compare=ever", "compare"),
                                        std::pair("/by?dimension=weather", "dimension"), std::pair("/by?dimension=site&limit=501", "limit"), std::pair("/ranking?limit=0", "limit"),
                                        std::pair("/moved?limit=201", "limit"), std::pair("/words?limit=101", "limit"), std::pair("/words?stars=6", "stars"), std::pair("/words?stars=12", "stars"),
                                        std::pair("/words?stars=3-1", "stars"), std::pair("/words?sort=loudest", "sort"), std::pair("/words?after=x", "after")}) {
        const auto answer = ask(hq, std::string("/api/v1/figures") + target);
        EXPECT_EQ(answer.status, std::string_view(field) == "limit" ? 400 : 422) << target;
        EXPECT_EQ(answer.content_type, "application/problem+json") << target;
        EXPECT_EQ(json::parse(answer.body).value("field", ""), field) << target << " " << answer.body;
    }
}

TEST_P(FigureRoutes, CsvAndJsonAreTheSameFigures) {
    const auto hq = key("hq", "*");
    const std::string by = "/api/v1/figures/by?dimension=site";
    const auto data = json::parse(ask(hq, by).body);
    ASSERT_EQ(data.at("lines").size(), 1U);
    EXPECT_EQ(data.at("lines").at(0).at("key"), "QUAY");
    EXPECT_EQ(data.at("lines").at(0).at("branch"), "site:QUAY");
    const auto file = ask(hq, "/api/v1/figures/by.csv?dimension=site");
    EXPECT_THAT(file.content_type, StartsWith("text/csv"));
    EXPECT_THAT(file.body, StartsWith("rank,site,name,count,mean,"));
    EXPECT_THAT(file.body, HasSubstr(",QUAY,'=Garage du Quai,4,4.0,")) << "a spreadsheet takes no name for a formula";
    EXPECT_EQ(ask(hq, by, "text/csv").body, file.body) << "asked for by the Accept field";
    EXPECT_EQ(ask(hq, by, "text/csv, application/json").content_type, "application/json");
    // Two periods: as many columns again.
    const auto compared = ask(hq, "/api/v1/figures/by.csv?dimension=site&compare=year");
    const auto columns = [](const std::string& text) { return std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find('\n')), ','); };
    EXPECT_EQ(columns(compared.body) + 1 - 3, 2 * (columns(file.body) + 1 - 3));
    EXPECT_THAT(compared.body, HasSubstr("before_mean"));
    const auto summary = json::parse(ask(hq, "/api/v1/figures/summary?branch=site:QUAY").body);
    EXPECT_EQ(summary.at("name"), "=Garage du Quai");
}

INSTANTIATE_TEST_SUITE_P(Both, FigureRoutes, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::api
