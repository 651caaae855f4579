// A walk through an empty platform with this one's settings, in a folder that goes when the walk ends: one visit, its invitation
// as it would leave, the form behind its link, one click to be asked no more (norms COL-5, AUT-3, INC-5, EML-1 to EML-3, EML-11,
// ACC-2, ACC-4). So what is judged are real mails and pages, and nobody is written to. It runs in a process of its own, for a
// process has the keys of one platform only.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/server/doors.h"
#include "app/server/evidence_checks.h"
#include "app/server/files.h"
#include "ground/base/calendar.h"
#include "record/experiences/experiences.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using evidence::CheckResult;
using evidence::Period;

constexpr const char* walk_base = "https://reviews.example";
// Names that stand nowhere else in the program, so that one of them in the database's bytes is a leak.
constexpr const char* visitor_email = "wanda.walkersson@example.org";
constexpr const char* visitor_name = "Walkersson";

struct Walked {
    Seconds at = -1;
    std::string head, words;         // the mail: unfolded header fields, decoded parts
    std::optional<std::string> form; // behind its link
    bool click_answered = false, get_changed = false, click_worked = false;
    std::int64_t in_clear = 0;       // how often the database's bytes say who the visitor is
    std::string personal;            // what the visitor may take home (GDPR 15)
};

// A folder in the system's place for such, gone with the object.
struct Folder {
    fs::path path;
    Folder() {
        auto name = (fs::temp_directory_path() / "verbatim-walk-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
        path = name;
    }
    ~Folder() {
        std::error_code none;
        fs::remove_all(path, none);
    }
};

std::string unfolded(std::string_view head) {
    std::string out;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head.substr(i, 2) == "\r\n" && i + 2 < head.size() && (head[i + 2] == ' ' || head[i + 2] == '\t')) {
            ++i;
            continue;
        }
        out += head[i];
    }
    return out;
}

int hex_digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

// RFC 2045 6.7, over all parts at once: what is looked for is text.
std::string quoted_printable(std::string_view body) {
    std::string out;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] == '=' && body.substr(i + 1, 2) == "\r\n") {
            i += 2;
        } else if (body[i] == '=' && i + 2 < body.size() && hex_digit(body[i + 1]) >= 0 && hex_digit(body[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(body[i + 1]) * 16 + hex_digit(body[i + 2]));
            i += 2;
        } else {
            out += body[i];
        }
    }
    return out;
}

std::string field(std::string_view head, std::string_view name) {
    const auto from = head.find("\r\n" + std::string(name) + ":");
    if (from == std::string_view::npos) return {};
    const auto start = from + name.size() + 3;
    return std::string(head.substr(start, head.find("\r\n", start) - start));
}

std::string path_after(std::string_view text, std::string_view begin) {
    const auto from = text.find(std::string(walk_base) + std::string(begin));
    if (from == std::string_view::npos) return {};
    const auto start = from + std::string_view(walk_base).size();
    std::size_t end = start + begin.size();
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '-' || text[end] == '_')) ++end;
    return std::string(text.substr(start, end - start));
}

std::string first_mail(const fs::path& outbox) {
    for (const auto& entry : fs::directory_iterator(outbox)) {
        if (entry.path().extension() != ".eml") continue;
        return read_file(entry.path());
    }
    return {};
}

// One experience that is due now, in a country where a legitimate interest is enough.
void arrange(House& scratch, const ManualClock& clock) {
    scratch.db->write([&](storage::Tx& tx) {
        network::Site site;
        site.code = "WALK";
        site.name = "Garage of the walk";
        site.country = "FR";
        site.locale = "en";
        site.timezone = "UTC";
        site.services = "workshop";
        network::store(tx, clock.now(), site);
        contact::Customer customer;
        customer.external = "1";
        customer.first_name = "Wanda";
        customer.last_name = visitor_name;
        customer.email = visitor_email;
        customer.locale = "en";
        customer.country = "FR";
        experiences::Experience visit;
        visit.id = "walk-1";
        visit.kind = "workshop";
        visit.occurred_on = format_date(clock.now() - 30 * one_day);
        visit.site = "WALK";
        visit.customer = contact::keep_customer(tx, clock.now(), customer);
        visit.locale = "en";
        visit.country = "FR";
        visit.consent = "invitation=legitimate_interest";
        visit.imported_at = clock.now();
        experiences::keep(tx, visit);
        scratch.invite->consider(tx, visit);
    });
}

bool still_asked(House& scratch) {
    return scratch.db->read([](storage::Tx& tx) { return !contact::suppressed(tx, visitor_email, contact::Purpose::invitation); });
}

// In the walking process.
Walked walk(const std::map<std::string, std::string>& settings, Seconds now) {
    const Folder folder;
    Walked seen;
    Place place;
    place.data = (folder.path / "platform").string();
    place.database = "sqlite";
    place.mail = "outbox:" + (folder.path / "outbox").string();
    place.create = true;
    place.overrides = settings;
    fs::create_directories(folder.path / "outbox");
    const ManualClock clock(now);
    House scratch(place, clock);
    scratch.compose(walk_base);
    arrange(scratch, clock);
    scratch.invite->commit_batches();
    scratch.runner->run_due();
    scratch.mail_runner->run_due();
    const auto mail = first_mail(folder.path / "outbox");
    const auto end = mail.find("\r\n\r\n");
    if (end == std::string::npos) return seen;
    seen.head = "\r\n" + unfolded(std::string_view(mail).substr(0, end));
    seen.words = quoted_printable(std::string_view(mail).substr(end));

    http::ShopWindow window(1 << 20);
    http::Router router;
    open_doors(router, scratch, window);
    if (const auto link = path_after(seen.words, "/r/"); !link.empty()) seen.form = get(router, link);
    const auto stop = path_after(field(seen.head, "List-Unsubscribe"), "/u/");
    get(router, stop);
    seen.get_changed = !still_asked(scratch);
    http::Request click;
    click.method = http::Method::post;
    click.target = click.path = stop;
    click.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
    click.body = "List-Unsubscribe=One-Click";
    click.remote = "127.0.0.1";
    seen.click_answered = router.dispatch(click).status == 200;
    seen.click_worked = !still_asked(scratch);
    seen.personal = scratch.collect->export_by_email(visitor_email).ok() ? *scratch.collect->export_by_email(visitor_email) : "";
    scratch.db->checkpoint();
    for (const auto& entry : fs::directory_iterator(place.data)) {
        if (!entry.path().filename().string().starts_with("verbatim.db") || !entry.is_regular_file()) continue;
        const auto bytes = read_file(entry.path());
        seen.in_clear += count_of(bytes, visitor_email) + count_of(bytes, visitor_name);
    }
    return seen;
}

// Runs this program again with these words and gives what it said. Throws where it cannot, or where it failed.
std::string run_self(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    std::string program = "verbatim";
    arguments.push_back(program.data());
    std::vector<std::string> copies = words;
    for (auto& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the walk");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);  // a server blocks the signals that stop it; the walk must still hear them
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const int failed = posix_spawn(&child, "/proc/self/exe", &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    ::close(pipe[1]);
    std::string said;
    if (failed == 0) {
        std::array<char, 65536> buffer{};
        for (ssize_t got = 0; (got = ::read(pipe[0], buffer.data(), buffer.size())) != 0;) {
            if (got > 0) said.append(buffer.data(), static_cast<std::size_t>(got));
            else if (errno != EINTR) break;
        }
    }
    ::close(pipe[0]);
    int status = 0;
    if (failed == 0) {
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    }
    if (failed != 0 || status != 0) throw std::runtime_error("the walk through an empty platform failed: its messages are in the log");
    return said;
}

Walked send_for_a_walk(const House& house, Seconds now) {
    std::vector<std::string> words = {"evidence", "walk", "--at", format_moment(now)};
    for (const auto& known : network::known_settings()) {
        const auto value = known.kind == network::SettingKind::number ? std::to_string(house.settings.number(known.key)) : house.settings.text(known.key);
        if (value == known.fallback) continue;
        words.emplace_back("--set");
        words.push_back(std::string(known.key) + "=" + value);
    }
    const auto said = json::parse(run_self(words));
    Walked seen;
    seen.at = now;
    seen.head = said.at("head").get<std::string>();
    seen.words = said.at("words").get<std::string>();
    if (!said.at("form").is_null()) seen.form = said.at("form").get<std::string>();
    seen.get_changed = said.at("get_changed").get<bool>();
    seen.click_answered = said.at("click_answered").get<bool>();
    seen.click_worked = said.at("click_worked").get<bool>();
    seen.in_clear = said.at("in_clear").get<std::int64_t>();
    seen.personal = said.at("personal").get<std::string>();
    return seen;
}

// How many of these are false; says the first.
CheckResult all_of(std::string kind, std::string what, std::initializer_list<std::pair<bool, const char*>> facts) {
    std::int64_t wrong = 0;
    for (const auto& [holds, fact] : facts) {
        if (holds) continue;
        if (wrong++ == 0) what += std::string("; missing: ") + fact;
    }
    return {std::move(kind), wrong, static_cast<std::int64_t>(facts.size()), std::move(what)};
}

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

}  // namespace

int evidence_walk(const Place& place, Seconds at) {
    const auto seen = walk(place.overrides, at);
    std::cout << json({{"head", seen.head}, {"words", seen.words}, {"form", seen.form ? json(*seen.form) : json(nullptr)}, {"get_changed", seen.get_changed},
                       {"click_answered", seen.click_answered}, {"click_worked", seen.click_worked}, {"in_clear", seen.in_clear}, {"personal", seen.personal}}).dump(-1, ' ', false, json::error_handler_t::replace);
    return 0;
}

void walk_checks(evidence::Checks& checks, House& house) {
    const auto kept = std::make_shared<Walked>();
    const auto walked = [kept, &house](Seconds now) -> const Walked& {
        if (kept->at != now) *kept = send_for_a_walk(house, now);
        return *kept;
    };
    const auto brand = [&house] { return house.settings.text("brand.name"); };
    checks["invitation_says_who_asks"] = [walked, brand](Period, Seconds now) {
        const auto& seen = walked(now);
        return all_of("mail", "what an invitation must say: brand, point of sale, kind and day of the experience, link to the rules, way out",
                      {{has(seen.words, brand()), "the brand"}, {has(seen.words, "Garage of the walk"), "the point of sale"}, {has(seen.words, "orkshop"), "the kind of experience"},
                       {has(seen.words, std::string(walk_base) + "/en/rules"), "the link to the rules"}, {has(seen.words, std::string(walk_base) + "/u/"), "the way out"}});
    };
    checks["unsubscribe_headers_missing"] = [walked](Period, Seconds now) {
        const auto& seen = walked(now);
        const auto list = field(seen.head, "List-Unsubscribe");
        return all_of("mail", "the two header fields of an invitation, the first with one https address",
                      {{count_of(list, "<https://") == 1, "List-Unsubscribe with one https address"}, {has(field(seen.head, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click"), "List-Unsubscribe-Post"}});
    };
    checks["unsubscribe_not_signed"] = [walked](Period, Seconds now) {
        auto signed_fields = field(walked(now).head, "DKIM-Signature");
        std::transform(signed_fields.begin(), signed_fields.end(), signed_fields.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        signed_fields = signed_fields.substr(std::min(signed_fields.find(" h="), signed_fields.size()));
        return all_of("mail", "both fields in the list that DKIM signs, in an invitation as it would leave with these settings",
                      {{has(signed_fields, "list-unsubscribe:") || has(signed_fields, "list-unsubscribe;"), "List-Unsubscribe"}, {has(signed_fields, "list-unsubscribe-post"), "List-Unsubscribe-Post"}});
    };
    checks["one_click_refused"] = [walked](Period, Seconds now) {
        const auto& seen = walked(now);
        return all_of("mail", "the address of List-Unsubscribe: a GET changes nothing, a bare POST is answered with 200 and works at once",
                      {{!seen.get_changed, "a GET that changes nothing"}, {seen.click_answered, "the answer 200"}, {seen.click_worked, "the effect at once"}});
    };
    checks["mail_loads_something"] = [walked](Period, Seconds now) {
        const auto& words = walked(now).words;
        if (words.empty()) return CheckResult{"mail", std::nullopt, std::nullopt, "no invitation came"};
        return CheckResult{"mail", count_of(words, " src=") + count_of(words, "url(") + count_of(words, "<link "), 1, "pictures, styles or fonts that an invitation would load"};
    };
    checks["wording_not_neutral"] = [walked](Period, Seconds now) {
        const auto& seen = walked(now);
        const auto link = std::string(walk_base) + path_after(seen.words, "/r/");
        const auto form = seen.form.value_or("");
        bool five = true;
        for (const char* n : {"n=1", "n=2", "n=3", "n=4", "n=5"}) five = five && count_of(seen.words, link + "?" + n) == count_of(seen.words, link + "?n=3") && has(seen.words, link + "?" + n);
        const auto stars = form.substr(std::min(form.find("name=\"rating\""), form.size()));
        return all_of("mail", "five equal links in the mail, no star chosen in the form",
                      {{five, "five equal links"}, {count_of(form, "name=\"rating\"") == 5, "five equal choices"}, {!has(stars.substr(0, stars.find("</fieldset>")), " checked"), "an empty form"}});
    };
    checks["form_facts_missing"] = [walked](Period, Seconds now) {
        const auto form = walked(now).form.value_or("");
        return all_of("page", "the form behind a personal link: stars as a labelled group, the declaration, that the author may be contacted and may change the words, no riddle",
                      {{has(form, "<legend>"), "a labelled group"}, {count_of(form, "type=\"radio\" name=\"rating\"") == 5 || count_of(form, "name=\"rating\"") == 5, "five stars as radio buttons"}, {has(form, "name=\"declaration\""), "the declaration"},
                       {has(form, "name=\"contact_me\""), "the wish to be called"}, {has(form, "/en/rules"), "the link to the rules"}, {!has(form, "captcha"), "freedom from riddles"}, {has(form, "lang=\"en\""), "the page's language"}});
    };
    checks["identities_in_clear"] = [walked](Period, Seconds now) {
        const auto& seen = walked(now);
        if (seen.head.empty()) return CheckResult{"schema", std::nullopt, std::nullopt, "no invitation came"};
        return CheckResult{"schema", seen.in_clear, 2, "places where the bytes of an empty platform's database say the name or address of its one customer, after an invitation and a wish to be asked no more"};
    };
    checks["export_incomplete"] = [walked](Period, Seconds now) {
        const auto& personal = walked(now).personal;
        return all_of("schema", "what a person may take home: identity, what happened, what was sent, what was agreed to",
                      {{has(personal, visitor_email), "the address"}, {has(personal, visitor_name), "the name"}, {has(personal, "walk-1"), "the experience"}, {has(personal, "invitation"), "the mails and wishes"}});
    };
    checks["dkim_not_configured"] = [&house](Period, Seconds) {
        const bool configured = !house.settings.text("mail.dkim.domain").empty();
        const auto from = house.settings.text("mail.from");
        const auto domain = from.substr(std::min(from.find('@'), from.size() - 1) + 1);
        return all_of("setting", "DKIM for the sender's domain " + domain + " (SPF and DMARC stand in the DNS, which the program does not read)",
                      {{configured, "the settings of DKIM"}, {!configured || has(domain, house.settings.text("mail.dkim.domain")), "one domain for the sender and for DKIM"}});
    };
}

}  // namespace verbatim::server
