#include "app/server/health.h"

#include <malloc.h>
#include <unistd.h>

#include <fstream>

#include "life/plan/feed.h"
#include "life/publish/nights.h"
#include "record/contact/spam_rate.h"

namespace verbatim::server {
namespace {

class Exposition {
public:
    void add(std::string_view name, std::string_view type, std::string_view help, double value) {
        head(name, type, help);
        sample(name, {}, value);
    }
    void head(std::string_view name, std::string_view type, std::string_view help) {
        text_ += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) + " " + std::string(type) + "\n";
    }
    void sample(std::string_view name, std::string_view labels, double value) {
        text_ += name;
        if (!labels.empty()) text_ += "{" + std::string(labels) + "}";
        const auto whole = static_cast<long long>(value);
        text_ += " " + (static_cast<double>(whole) == value ? std::to_string(whole) : std::to_string(value)) + "\n";
    }
    std::string done() && { return std::move(text_); }

private:
    std::string text_;
};

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    long long total = 0, resident = 0;
    statm >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// name="value" with what Prometheus' text format escapes.
std::string label(std::string_view name, std::string_view value) {
    std::string text(name);
    text += "=\"";
    for (const char c : value) {
        if (c == '\\' || c == '"') text += '\\';
        text += c;
    }
    return text + "\"";
}

std::string metrics(House& house, const http::Server& server, const http::ShopWindow& window) {
    Exposition out;
    const auto web = server.metrics();
    out.add("verbatim_http_connections", "gauge", "open connections", static_cast<double>(web.connections_open));
    out.add("verbatim_http_connections_total", "counter", "connections accepted", static_cast<double>(web.connections_total));
    out.add("verbatim_http_requests_total", "counter", "requests answered", static_cast<double>(web.requests));
    out.add("verbatim_http_window_hits_total", "counter", "requests answered from the shop window", static_cast<double>(web.window_hits));
    out.add("verbatim_http_rejected_total", "counter", "connections and requests refused by a limit", static_cast<double>(web.rejected));
    out.head("verbatim_http_responses_total", "counter", "responses by class");
    for (int i = 1; i < 6; ++i) out.sample("verbatim_http_responses_total", "class=\"" + std::to_string(i) + "xx\"", static_cast<double>(web.responses_by_class[i]));
    out.add("verbatim_window_bytes", "gauge", "memory held by finished pages", static_cast<double>(window.bytes()));
    const auto database = house.db->counters();
    out.add("verbatim_database_commits_total", "counter", "durable commits", static_cast<double>(database.commits));
    out.add("verbatim_database_transactions_total", "counter", "callers' transactions in them", static_cast<double>(database.transactions));
    house.db->read([&](storage::Tx& tx) {
        const auto now = house.clock.now();
        const auto queue = jobs::counts(tx, now);
        out.head("verbatim_jobs", "gauge", "jobs by state");
        out.sample("verbatim_jobs", "state=\"waiting\"", static_cast<double>(queue.waiting));
        out.sample("verbatim_jobs", "state=\"running\"", static_cast<double>(queue.running));
        out.sample("verbatim_jobs", "state=\"dead\"", static_cast<double>(queue.dead));
        out.add("verbatim_jobs_oldest_due_seconds", "gauge", "age of the oldest job that should have run", static_cast<double>(queue.oldest_due));
        const auto mails = contact::post_counts(tx);
        const auto [nights, differed] = publish::nights(tx);
        out.add("verbatim_replay_nights", "gauge", "nights on which all that is shown was counted again from the log", static_cast<double>(nights));
        out.add("verbatim_replay_nights_differing", "gauge", "those on which something came out otherwise", static_cast<double>(differed));
        out.head("verbatim_messages", "gauge", "messages by state");
        out.sample("verbatim_messages", "state=\"waiting\"", static_cast<double>(mails.waiting));
        out.sample("verbatim_messages", "state=\"sent\"", static_cast<double>(mails.sent));
        out.sample("verbatim_messages", "state=\"refused\"", static_cast<double>(mails.refused));
        out.add("verbatim_mail_spam_ratio", "gauge", "mails of 30 days called spam, of those sent (norm EML-6)", contact::spam_rate(tx, house.clock.now()).share());
        if (!house.settings.text("plan.kafka_brokers").empty()) {
            const auto feed = plan::read_feed(tx, plan::feed_cursor(tx, plan::kafka_receiver), 1);
            out.add("verbatim_feed_waiting_seconds", "gauge", "age of the oldest event of the plan's feed that Kafka has not acknowledged", feed.events.empty() ? 0.0 : static_cast<double>(now - feed.events.front().at));
        }
        const auto cases = recover::Recover::counts(tx, now);
        out.head("verbatim_cases", "gauge", "unhappy customers by what became of the call");
        out.sample("verbatim_cases", "state=\"open\"", static_cast<double>(cases.open));
        out.sample("verbatim_cases", "state=\"called_in_time\"", static_cast<double>(cases.called_in_time));
        out.sample("verbatim_cases", "state=\"late\"", static_cast<double>(cases.late));
        const auto log = ledger::standing(tx);
        out.add("verbatim_log_signed_entries", "gauge", "entries under the newest checkpoint", static_cast<double>(log.signed_entries));
        out.add("verbatim_log_unsigned_entries", "gauge", "entries appended and not yet under a checkpoint", static_cast<double>(log.waiting));
        out.add("verbatim_log_entries", "gauge", "entries with a place in the public log", static_cast<double>(ledger::size(tx)));
    });
    if (house.witnesses) {
        const auto now = house.clock.now();
        const auto age = [&](Seconds at) { return at == 0 ? -1.0 : static_cast<double>(now - at); };
        const auto witnesses = house.witnesses->standing();
        out.head("verbatim_log_witness_cosigned_entries", "gauge", "entries under the newest checkpoint each witness cosigned");
        for (const auto& one : witnesses) out.sample("verbatim_log_witness_cosigned_entries", label("witness", one.name), static_cast<double>(one.size));
        out.head("verbatim_log_witness_cosigned_age_seconds", "gauge", "since each witness last cosigned; -1: never");
        for (const auto& one : witnesses) out.sample("verbatim_log_witness_cosigned_age_seconds", label("witness", one.name), age(one.at));
        out.head("verbatim_log_witness_up", "gauge", "1: its last answer was good");
        for (const auto& one : witnesses) out.sample("verbatim_log_witness_up", label("witness", one.name), one.trouble.empty() ? 1 : 0);
        const auto quorum = house.witnesses->quorum();
        out.add("verbatim_log_cosigned_entries", "gauge", "entries under the newest checkpoint that met the witnesses' quorum", quorum ? static_cast<double>(quorum->size) : 0);
        out.add("verbatim_log_cosigned_age_seconds", "gauge", "since its last cosignature; -1: never", quorum ? age(quorum->at) : -1.0);
    }
    out.add("process_resident_memory_bytes", "gauge", "resident memory", resident_bytes());
    return std::move(out).done();
}

}  // namespace

void health_routes(http::Router& router, House& house, const http::Server& server, const http::ShopWindow& window) {
    router.get("/healthz", [](const http::Request&) { return http::Response::text("ok\n"); });
    router.get("/readyz", [&house](const http::Request&) {
        return house.db->healthy() ? http::Response::text("ready\n") : http::Response::text("the database does not answer\n", 503);
    });
    router.get("/metrics", [&house, &server, &window](const http::Request&) {
        auto response = http::Response::text(metrics(house, server, window));
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return response;
    });
}

}  // namespace verbatim::server
