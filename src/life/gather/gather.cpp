#include "life/gather/gather.h"

#include <set>

#include "ground/text/detectors.h"
#include "life/gather/subjects.h"
#include "record/network/network.h"

namespace verbatim::gather {
namespace {

using intake::Outcome;
using storage::Tx;

// Words that are understood and looked at, ready to be stored.
struct Ready {
    reviews::Gathered gathered;
    std::string subject_text;
    bool create_subject = false;
};

std::string_view without_prefix(std::string_view subject) {
    for (const std::string_view prefix : {"site:", "product:"})
        if (subject.substr(0, prefix.size()) == prefix) return subject.substr(prefix.size());
    return subject;
}

Result<Ready> make_ready(Result<Words> read, Subjects& subjects, const Options& options) {
    if (!read.ok()) return read.error();
    Words words = std::move(*read);
    const auto subject = subjects.resolve(words.subject);
    if (!subject.ok()) return subject.error();
    Ready ready;
    auto& content = ready.gathered.content;
    content.subject = subject->name;
    if (!subject->is_site()) content.service = "product";
    content.rating = words.rating;
    content.title = std::move(words.title);
    content.body = std::move(words.body);
    content.lang = words.lang.empty() ? text::detect_language(content.body, "") : std::move(words.lang);
    ready.gathered.source = std::move(words.source);
    ready.gathered.external_id = std::move(words.id);
    ready.gathered.author = std::move(words.author);
    ready.gathered.written_at = words.written_at;
    if (options.inspect) ready.gathered.findings = options.inspect(content);
    ready.subject_text = std::move(words.subject);
    ready.create_subject = subject->create;
    return ready;
}

}  // namespace

Result<Report> import_reviews(storage::Db& db, const Clock& clock, const std::string& path, const Options& options) {
    Subjects subjects(db, options.create_subjects);
    Report report;
    const Actor actor = Actor::system("import");

    intake::Kind<Ready> kind;
    kind.required = {"id", "source", "subject"};
    kind.parse = [&](const intake::Row& row) { return make_ready(words_from_row(row), subjects, options); };
    kind.parse_json = [&](std::string_view line) { return make_ready(words_from_json(line), subjects, options); };
    kind.store = [&](Tx& tx, std::span<const Ready> rows) {
        const Seconds now = clock.now();
        std::set<std::string_view> created, changed;
        std::vector<Result<Outcome>> outcomes;
        std::vector<std::pair<std::string, std::string>> held;  // source, id
        for (const Ready& row : rows) {
            const std::string& subject = row.gathered.content.subject;
            if (row.create_subject && created.insert(subject).second) {
                const std::string_view code = std::string_view(subject).substr(subject.find(':') + 1), name = without_prefix(row.subject_text);
                if (subject.compare(0, 5, "site:") == 0) network::create_site(tx, now, code, name);
                else network::create_product(tx, now, code, name);
            }
            const auto id = reviews::gather(tx, actor, now, row.gathered);
            outcomes.push_back(id ? Outcome::taken : Outcome::already);
            if (!id) continue;
            if (row.gathered.findings.empty()) changed.insert(subject);
            else held.emplace_back(row.gathered.source, *id);
        }
        if (!created.empty()) tx.notify("network", "subjects");
        for (const std::string_view subject : changed) tx.notify("subject", subject);
        if (!held.empty()) {  // a batch that is rolled back and tried again counts once
            tx.after_commit([&report, held = std::move(held)] {
                for (const auto& [source, id] : held) report.held[source].push_back(id);
            });
        }
        return outcomes;
    };
    auto counts = intake::run(db, path, kind, options.intake);
    if (!counts.ok()) return counts.error();
    report.counts = *counts;
    return report;
}

}  // namespace verbatim::gather
