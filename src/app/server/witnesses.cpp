#include "app/server/witnesses.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "engine/http/http.h"
#include "ground/base/calendar.h"

namespace verbatim::server {
namespace {

// A connection of its own for each witness. Short limits: stopping the server waits for a question under way.
ledger::AskWitness reach(const merkle::Policy& policy, const std::string& ca_file) {
    auto clients = std::make_shared<std::vector<std::unique_ptr<http::Client>>>();
    for (const auto& witness : policy.witnesses) {
        http::ClientOptions options;
        options.ca_file = ca_file;
        options.silence_seconds = 4;
        options.all_seconds = 6;
        options.body_bytes = 64 * 1024;
        clients->push_back(std::make_unique<http::Client>(witness.url, options));
    }
    return [clients](std::size_t witness, const std::string& body) -> Result<ledger::WitnessAnswer> {
        auto fetched = (*clients)[witness]->post("/add-checkpoint", "text/plain", body);
        if (!fetched) return fetched.error();
        return ledger::WitnessAnswer{fetched->status, std::move(fetched->body)};
    };
}

// A trouble's text may hold what a stranger's server said: one line, no control characters.
std::string one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return text.substr(0, 300);
}

}  // namespace

std::unique_ptr<ledger::Witnesses> make_witnesses(storage::Db& db, const Clock& clock, ledger::Ledger& ledger, const network::Settings& settings) {
    const auto path = settings.text("log.witnesses");
    if (path.empty()) return nullptr;
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("log.witnesses: cannot read " + path);
    std::string text(64 * 1024 + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    auto policy = merkle::parse_policy(text);
    if (!policy) throw std::runtime_error("log.witnesses: " + path + ": " + policy.error().message);
    const auto own = ledger.verifier_key();
    const bool ours = policy->logs.empty() || std::any_of(policy->logs.begin(), policy->logs.end(), [&](const auto& log) { return merkle::encode(log.key) == own; });
    if (!ours) throw std::runtime_error("log.witnesses: " + path + " is about other logs than this one, whose key is " + own);
    const auto ca_file = settings.text("log.witnesses_ca");
    auto ask = reach(*policy, ca_file);
    return std::make_unique<ledger::Witnesses>(db, clock, ledger, std::move(*policy), std::move(ask));
}

std::string policy_text(const ledger::Ledger& ledger, const ledger::Witnesses* witnesses, const std::string& log_url) {
    merkle::Policy policy;
    if (witnesses) policy = witnesses->policy();
    policy.logs = {{merkle::parse_verifier_key(ledger.verifier_key()).value(), log_url}};
    std::string text = "# C2SP tlog-policy: which witnesses watch this log, and how many of them must have cosigned a checkpoint (https://c2sp.org/tlog-policy).\n";
    text += merkle::encode(policy);
    if (!witnesses) return text + "# No witness is configured.\n";
    for (const auto& one : witnesses->standing()) {
        text += "# " + one.name + (one.at == 0 ? " has not cosigned yet" : " cosigned " + std::to_string(one.size) + " entries at " + format_moment(one.at));
        if (!one.trouble.empty()) text += "; now: " + one_line(one.trouble);
        text += "\n";
    }
    const auto quorum = witnesses->quorum();
    if (policy.quorum != "none") text += quorum ? "# the quorum cosigned " + std::to_string(quorum->size) + " entries at " + format_moment(quorum->at) + "\n" : "# the quorum has not been met yet\n";
    return text;
}

}  // namespace verbatim::server
