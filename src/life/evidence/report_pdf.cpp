// The report for readers of paper.
#include <nlohmann/json.hpp>

#include "engine/pdf/pdf.h"
#include "ground/base/calendar.h"
#include "life/evidence/evidence.h"

namespace verbatim::evidence {
namespace {

using nlohmann::json;

struct Word {
    std::string_view word, shown;
};
constexpr Word results[] = {{"met", "met"}, {"not_met", "NOT MET"}, {"figure", "figure to read"}, {"nothing_yet", "nothing to measure yet"}, {"not_measured", "NOT MEASURED"}};

std::string_view shown(std::string_view word) {
    for (const auto& one : results) {
        if (one.word == word) return one.shown;
    }
    return word;
}

std::string number(const json& value) { return value.is_null() ? "–" : std::to_string(value.get<std::int64_t>()); }

void put_evidence(pdf::Document& out, const json& found) {
    std::string line(shown(found.at("result").get<std::string>()));
    line += ": " + number(found.at("value"));
    if (!found.at("of").is_null()) line += " of " + number(found.at("of"));
    if (const auto expects = found.at("expects").get<std::string>(); !expects.empty()) line += " (asked: " + expects + ")";
    out.pair("today", line);
    out.pair(found.at("kind").get<std::string>(), found.at("says").get<std::string>() + " [" + found.at("name").get<std::string>() + "]");
}

void put_duty(pdf::Document& out, const json& duty) {
    out.pair("human duty", duty.at("who").get<std::string>() + ", every " + number(duty.at("every_months")) + " months: " + duty.at("what").get<std::string>());
    const auto& last = duty.at("last_proof");
    if (last.is_null()) {
        out.pair("last proof", "NONE LAID DOWN");
        return;
    }
    std::string line = last.at("on").get<std::string>() + " by " + last.at("by").get<std::string>();
    if (duty.at("state") == "overdue") line += ", OVERDUE";
    if (const auto note = last.at("note").get<std::string>(); !note.empty()) line += ": " + note;
    if (const auto file = last.at("file").get<std::string>(); !file.empty()) line += " (" + file + ", SHA-256 " + last.at("sha256").get<std::string>() + ")";
    out.pair("last proof", line);
}

}  // namespace

std::string Evidence::to_pdf(std::string_view report) {
    const auto data = json::parse(report);
    const auto text = [&](const char* name) { return data.at(name).get<std::string>(); };
    pdf::About about;
    about.title = "Evidence: " + text("brand");
    about.author = text("operator");
    about.subject = "Requirements for online customer reviews, with today's evidence";
    about.made_at = parse_moment(text("generated_at")).value_or(0);
    about.foot = text("brand") + " · evidence of " + text("generated_at") + " · " + std::to_string(data.at("log").at("entries").get<std::int64_t>()) + " log entries";
    pdf::Document out(about);
    out.heading(1, "Evidence");
    out.paragraph(text("operator") + " runs the customer reviews of " + text("brand") + ". Each requirement below says where it comes from, what it asks and how the platform does it; then what was measured, or which person has the duty and what was laid down last.");
    out.paragraph("This is the operator's own report. It is no certificate and no legal advice. The texts of ISO 20488 and NF Z74-501 are sold by their publishers and were not reproduced.");
    out.pair("made at", text("generated_at"));
    out.pair("period", data.at("period").at("from").get<std::string>() + " to " + data.at("period").at("to").get<std::string>());
    out.pair("program", text("program"));
    out.pair("public log", data.at("log").at("key").get<std::string>());
    out.heading(2, "In short");
    const auto& counts = data.at("counts");
    const auto count = [&](const char* name) { return number(counts.at(name)); };
    out.pair("measured", count("met") + " met, " + count("not_met") + " not met, " + count("figure") + " figures to read, " + count("nothing_yet") + " with nothing to measure yet, " + count("not_measured") + " not measured");
    out.pair("human duties", count("duty_done") + " with a proof in time, " + count("duty_overdue") + " overdue, " + count("duty_missing") + " without any proof");
    std::string open;
    for (const auto& one : data.at("requirements")) {
        const auto& found = one.at("evidence");
        if (!found.is_null() && (found.at("result") == "not_met" || found.at("result") == "not_measured")) open += (open.empty() ? "" : ", ") + one.at("id").get<std::string>();
    }
    if (!open.empty()) out.pair("to mend", open);
    out.heading(2, "The requirements");
    for (const auto& one : data.at("requirements")) {
        out.heading(3, one.at("id").get<std::string>());
        out.pair("clause", one.at("clause").get<std::string>());
        out.pair("asks", one.at("asks").get<std::string>());
        out.pair("how", one.at("how").get<std::string>());
        if (!one.at("evidence").is_null()) put_evidence(out, one.at("evidence"));
        if (!one.at("duty").is_null()) put_duty(out, one.at("duty"));
        std::string tests;
        for (const auto& test : one.at("tests")) tests += (tests.empty() ? "" : ", ") + test.get<std::string>();
        if (!tests.empty()) out.pair("tests", tests);
        out.line();
    }
    out.page();
    out.heading(2, "The statements");
    out.small("Each figure named query comes from one statement, so that it can be run again. $1 and $2 are the period's ends, or $1 the moment, in seconds since 1970.");
    for (const auto& one : data.at("requirements")) {
        const auto& found = one.at("evidence");
        if (found.is_null() || !found.contains("sql")) continue;
        out.heading(3, one.at("id").get<std::string>() + "  " + found.at("name").get<std::string>());
        out.code(found.at("sql").get<std::string>());
    }
    if (const auto& checkpoint = data.at("log").at("checkpoint"); !checkpoint.is_null()) {
        out.heading(2, "The log as it stood");
        out.code(checkpoint.get<std::string>());
    }
    return out.finish();
}

}  // namespace verbatim::evidence
