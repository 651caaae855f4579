#include "app/demo/play.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/demo/gathered.h"
#include "app/demo/postman.h"
#include "app/demo/words.h"
#include "life/gather/gather.h"
#include "life/invite/experience_file.h"
#include "record/network/import.h"

namespace verbatim::demo {
namespace {

// The letters of this last while stay unsent: the demo's outbox begins with them.
constexpr Seconds last_while = one_day;

// The imports read files; the demo's are carried by the program.
class Scratch {
public:
    Scratch() : folder_(std::filesystem::temp_directory_path() / ("verbatim-demo-" + std::to_string(::getpid()))) { std::filesystem::create_directories(folder_); }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::string write(const std::string& name, std::string_view bytes) const {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path.string();
    }
    intake::Options options() const { return {.progress = false, .rejected = (folder_ / "rejected.csv").string()}; }

private:
    std::filesystem::path folder_;
};

class Theatre {
public:
    Theatre(const Stage& stage, Seconds now, const Wishes& wishes)
        : stage_(stage), wishes_(wishes), now_(now), from_(midnight(date_of(months_before(now, wishes.months)))), content_(Content::load()),
          generator_(content_, wishes.seed, date_of(from_), date_of(now), wishes.experiences), mails_(stage.db, stage.clock), post_(stage.db, stage.clock, stage.renderer, box_.transport(), stage.sender) {
        post_.handle(mails_);
    }

    Result<Played> play() {
        stage_.clock.set(from_);
        if (const auto set = set_the_scene(); !set) return set.error();
        for (const Story& story : generator_.stories()) stories_[story.visit.id] = &story;
        // A second past the hour, for what is due at the hour has waited a second then.
        for (Seconds hour = from_ + 1; hour <= now_; hour += one_hour) at(hour, [this] { work(); });
        for (Seconds day = from_ + one_day; day <= now_; day += one_day) at(day, [this] { end_the_day(); });
        if (wishes_.each_noon)
            for (Seconds noon = from_ + 12 * one_hour; noon <= now_ - last_while; noon += one_day) at(noon, wishes_.each_noon);
        if (wishes_.each_noon) at(now_ - one_minute, wishes_.each_noon);  // what is due today lies below the newcomer's invitation in the outbox
        plan_imports();
        at(now_ - one_minute, [this] { leave_open(); });
        while (!agenda_.empty() && !failed_) {
            const auto next = agenda_.begin();
            const auto act = std::move(next->second);
            stage_.clock.set(std::max(stage_.clock.now(), next->first));
            agenda_.erase(next);
            act();
        }
        if (failed_) return *failed_;
        stage_.clock.set(now_);
        import_visits({generator_.fresh_visit(date_of(now_))});
        stage_.ledger.sequence();
        if (failed_) return *failed_;
        played_.letters = box_.letters();
        return played_;
    }

private:
    struct Author {
        const Story* story = nullptr;
        std::string review, token;      // of the author's space
        std::string case_token;         // once the alert has come
        bool rephrased = false;
        Seconds submitted_at = 0;
    };

    void at(Seconds when, std::function<void()> act) {
        if (when <= now_) agenda_.emplace(when, std::move(act));
    }
    // A step that cannot go wrong in a sound platform.
    template <class T>
    bool sound(const Result<T>& result) {
        if (!result.ok() && !failed_) failed_ = result.error();
        return result.ok();
    }

    Result<void> set_the_scene() {
        const auto check = [](const Result<intake::Counts>& counts) -> Result<void> {
            if (!counts) return counts.error();
            if (counts->rejected > 0) return invalid("demo_rejected", "the demo's own files have " + std::to_string(counts->rejected) + " rejected rows");
            return {};
        };
        const auto options = scratch_.options();
        if (auto done = check(network::import_sites(stage_.db, stage_.clock, scratch_.write("sites.csv", file("sites.csv")), options)); !done) return done;
        if (auto done = check(network::import_products(stage_.db, stage_.clock, scratch_.write("products.csv", file("products.csv")), options)); !done) return done;
        return check(network::import_people(stage_.db, scratch_.write("people.csv", file("people.csv")), options));
    }

    // Each night the dealers' system sends what happened the day before.
    void plan_imports() {
        std::map<Seconds, std::vector<Visit>> by_night;
        for (const Story& story : generator_.stories()) by_night[midnight(story.visit.occurred_on) + one_day + 2 * one_hour].push_back(story.visit);
        for (auto& [night, visits] : by_night) {
            at(night, [this, visits = std::move(visits)] { import_visits(visits); });
        }
        at(now_ - 2 * one_day, [this] { import_gathered(); });
    }

    void import_visits(const std::vector<Visit>& visits) {
        const auto input = Input::of_text(experiences_csv(visits));
        const auto counts = intake::run(stage_.db, "experiences.csv", *input, invite::experience_kind(stage_.invite, stage_.clock), scratch_.options());
        if (!sound(counts)) return;
        played_.experiences += static_cast<int>(counts->taken);
        stage_.invite.commit_batches();  // as `import` does at its end
        if (counts->taken != visits.size()) failed_ = invalid("demo_rejected", "an experience of the demo was rejected");
    }

    void import_gathered() {
        std::string text;
        // Only what had been written by then.
        for (const std::string& line : gathered_reviews(content_, wishes_.seed, date_of(stage_.clock.now()))) text += line + "\n";
        gather::Options options;
        options.inspect = [this](const reviews::Content& content) { return stage_.moderate.inspect(content); };
        options.intake = scratch_.options();
        const auto report = gather::import_reviews(stage_.db, stage_.clock, scratch_.write("gathered.jsonl", text), options);
        if (!sound(report)) return;
        played_.gathered = static_cast<int>(report->counts.taken);
        stage_.db.write([&](storage::Tx& tx) {
            for (const auto& [source, held] : report->held) stage_.moderate.ask_for_many(tx, held, source);
        });
    }

    // What the server's threads do all the time. Asking first whether anything is due spares most hours a transaction.
    void work() {
        const Seconds now = stage_.clock.now();
        const auto waiting = stage_.db.read([&](storage::Tx& tx) { return jobs::counts(tx, now); });
        if (waiting.oldest_due == 0) return;
        stage_.runner.run_due();
        if (now >= now_ - last_while) return;
        mails_.run_due();
        for (const Link& link : box_.take()) follow(link);
    }

    // After somebody did something: the server's threads take it up at once.
    void take_up() {
        stage_.clock.advance(2);
        work();
    }

    void end_the_day() {
        stage_.ledger.sequence();
        if (wishes_.progress) wishes_.progress(static_cast<int>((stage_.clock.now() - from_) * 100 / (now_ - from_)));
    }

    // Somebody reads a mail and means to use its link.
    void follow(const Link& link) {
        if (link.kind == "r") {
            const auto form = stage_.collect.form(link.token);
            if (!form || form->link != links::State::open) return;
            const auto story = stories_.find(form->invitation);
            if (story == stories_.end() || !story->second->answer) return;
            at(stage_.clock.now() + story->second->answer->after, [this, token = link.token, told = story->second] { answer(token, *told); });
        } else if (link.kind == "case") {
            const auto view = stage_.recover.view(link.token);
            if (!view) return;
            const auto author = authors_.find(view->record.review);
            if (author == authors_.end() || !author->second.case_token.empty()) return;
            author->second.case_token = link.token;
            plan_calls(author->second);
        } else {
            moderate_later(link.token);
        }
    }

    static collect::Submission typed(const Words& words) {
        collect::Submission form;
        form.rating = std::to_string(words.rating);
        for (const auto& [criterion, stars] : words.criteria) form.criteria[criterion] = std::to_string(stars);
        if (words.recommend) form.recommend = std::to_string(*words.recommend);
        form.title = words.title;
        form.body = words.body;
        form.signature = words.anonymous ? "anonymous" : "name";
        form.contact_me = words.contact_me ? "yes" : "";
        form.declaration = "yes";
        if (words.product_rating) form.product_rating = std::to_string(*words.product_rating);
        form.product_body = words.product_body;
        return form;
    }

    void answer(const std::string& token, const Story& story) {
        const collect::Answer done = stage_.collect.submit(token, typed(story.answer->words));
        if (!done.receipt) {
            failed_ = done.error ? *done.error : invalid("demo_form", "the form refused " + story.visit.id + ": " + (done.problems.empty() ? "" : done.problems[0].field));
            return;
        }
        ++played_.answers;
        const Seconds now = stage_.clock.now();
        const std::string review = done.receipt->review;
        authors_[review] = {&story, review, done.receipt->author_token, {}, false, now};
        // One review in forty is reported, some days on; the last ones wait for the newcomer.
        if (played_.answers % 40 == 7) at(now + 3 * one_day, [this, review, number = played_.answers] { report(review, number); });
        if (story.reply) at(now + story.reply->after, [this, review] { reply(review); });
        if (story.correction) at(now + story.correction->after, [this, review] { correct(review, authors_.at(review).story->correction->words); });
        if (story.withdrawn_after) {
            at(now + *story.withdrawn_after, [this, review] { played_.withdrawals += stage_.collect.withdraw(authors_.at(review).token).ok() ? 1 : 0; });
        }
        take_up();
    }

    void correct(const std::string& review, const Words& words) {
        const collect::Answer done = stage_.collect.correct(authors_.at(review).token, typed(words));
        played_.corrections += done.receipt ? 1 : 0;  // not where a moderator's refusal came first
        take_up();
    }

    void plan_calls(const Author& author) {
        for (const Call& call : author.story->calls) {
            const bool last = &call == &author.story->calls.back();
            at(std::max(author.submitted_at + call.after, stage_.clock.now() + one_minute), [this, review = author.review, &call, last] {
                const std::string& token = authors_.at(review).case_token;
                if (!sound(stage_.recover.note_call(token, call.outcome, call.note))) return;
                ++played_.calls;
                if (last && call.outcome == "reached") at(stage_.clock.now() + 3 * one_hour, [this, token] { sound(stage_.recover.close(token)); });
            });
        }
    }

    void reply(const std::string& review) {
        const Story& story = *authors_.at(review).story;
        const Site& site = content_.site(story.visit.site);
        const auto manager = stage_.db.read([&](storage::Tx& tx) { return network::people_on_site(tx, site.code); });
        if (manager.empty()) return;
        const Actor actor{ActorKind::staff, manager.front().email, "site", site.code};
        if (!stage_.reply.propose(actor, review, story.reply->body, site.name)) return;  // refused or withdrawn meanwhile
        ++played_.replies;
        take_up();
    }

    // A moderator decides within the working day. Words that were stopped for nothing are published; the others go back to the
    // author or are refused for their reason.
    void moderate_later(const std::string& token) {
        const auto view = stage_.moderate.view(token);
        if (!view || !view->decided.empty() || !waiting_.insert(view->kind + view->review.id).second) return;
        // The words of the last days still wait: a moderator who opens the demo finds something to do.
        if (view->kind == "review" && !view->first && stage_.clock.now() > now_ - 72 * one_hour) return;
        Dice dice(wishes_.seed, "moderate " + view->review.experience + view->kind);
        at(stage_.clock.now() + dice.between(2, 26) * one_hour, [this, token] { moderate(token); });
    }

    void moderate(const std::string& token) {
        const auto view = stage_.moderate.view(token);
        if (!view || !view->decided.empty() || view->link != links::State::open) return;
        waiting_.erase(view->kind + view->review.id);
        if (view->kind == "notice" || view->kind == "complaint") return settle(token, *view);
        const auto found = authors_.find(view->review.id);
        const Words* words = found == authors_.end() ? nullptr : &found->second.story->answer->words;
        std::string decision = "publish", reason, explanation;
        if (words && view->kind == "review" && !words->marked.empty()) {
            Dice dice(wishes_.seed, "decide " + found->second.story->visit.id);
            Author& author = found->second;
            const bool ask = !author.rephrased && dice.chance(words->marked == "insult" ? .5 : .8);
            decision = ask ? "rephrase" : "refuse";
            reason = words->marked;
            Scene scene;
            scene.lang = author.story->lang;
            explanation = say(content_.sentences.find(scene.lang)->second, "moderation." + decision, scene, dice);
            if (ask) {
                author.rephrased = true;
                Words again = *words;
                const std::size_t place = again.body.find(again.marked_words);
                if (place != std::string::npos) again.body.erase(place, again.marked_words.size() + 1);
                else again.body.clear();
                if (dice.chance(.85)) at(stage_.clock.now() + dice.between(3, 60) * one_hour, [this, review = author.review, again] { correct(review, again); });
            }
        }
        moderate::Verdict verdict;
        verdict.decision = decision;
        verdict.reason = reason;
        verdict.explanation = explanation;
        verdict.reads = view->must_declare;  // headquarters had it read by somebody
        const auto decided = stage_.moderate.decide(token, verdict);
        // Two hours before the announced time is over nobody is asked to reword any more; another moderator may have been faster.
        if (!decided && (decided.error().kind == ErrorKind::conflict || decided.error().kind == ErrorKind::gone)) return;
        if (!sound(decided)) return;
        if (decision == "refuse") contest_later(view->review.id);
        ++played_.decisions;
        take_up();
    }

    // Readers report what they doubt; most of it stays.
    void report(const std::string& review, int number) {
        const auto lang = authors_.at(review).story->lang;
        moderate::Moderate::Report report;
        report.review = review;
        constexpr std::string_view reasons[] = {"not_lived", "insult", "unrelated", "name", "spam"};
        report.reason = reasons[static_cast<std::size_t>(number) % std::size(reasons)];
        report.explanation = lang == "fr" ? "Je connais ce garage depuis vingt ans et je n'y reconnais rien." : lang == "de" ? "Ich kenne dieses Haus seit zwanzig Jahren, das stimmt so nicht."
                                                                                                                            : "I have known this garage for twenty years and recognise nothing of it.";
        report.url = stage_.sender.base_url + "/en/reviews/" + review;
        report.email = number % 3 == 0 ? std::string() : "reader" + std::to_string(number) + "@post.example";
        report.locale = lang;
        report.good_faith = true;
        if (!stage_.moderate.report(Actor::visitor(), report)) return;  // withdrawn meanwhile
        ++played_.notices;
        take_up();
    }

    // The newcomer finds a notice, a complaint and a first opinion that wait for somebody.
    void leave_open() {
        bool reported = false, contested = false;
        for (auto author = authors_.rbegin(); author != authors_.rend() && !(reported && contested); ++author) {
            const auto state = stage_.db.read([&](storage::Tx& tx) { return reviews::find(tx, author->first); });
            if (!state) continue;
            if (!reported && state->state == reviews::State::published && !state->content.body.empty()) {
                report(author->first, 1);
                reported = true;
            } else if (!contested && state->state == reviews::State::refused) {
                contested = stage_.moderate.contest_of(author->first, "Je ne vise personne, je raconte ce qui s'est passé.").ok();
            }
        }
        for (const auto& waiting : stage_.moderate.queue(20)) {
            if (waiting.first || waiting.correction) continue;
            const auto readers = stage_.db.read([&](storage::Tx& tx) { return network::moderators_for_language(tx, waiting.lang); });
            if (readers.empty()) continue;
            moderate::Verdict verdict;
            verdict.decision = "refuse";
            verdict.reason = "insult";
            verdict.explanation = "Ces mots visent une personne.";
            if (stage_.moderate.decide({{ActorKind::staff, readers.front().email, "moderator", "*"}, {}}, waiting.review, verdict)) break;
        }
    }

    // One author in four does not take a refusal.
    void contest_later(const std::string& review) {
        Dice dice(wishes_.seed, "contest " + authors_.at(review).story->visit.id);
        if (!dice.chance(.25)) return;
        at(stage_.clock.now() + dice.between(5, 70) * one_hour, [this, review] {
            const auto lang = authors_.at(review).story->lang;
            const auto why = lang == "fr" ? "Je ne vise personne, je raconte ce qui s'est passé." : lang == "de" ? "Ich greife niemanden an, ich erzähle, was geschehen ist."
                                                                                                       : "I attack nobody, I tell what happened.";
            if (!stage_.moderate.contest_of(review, why)) return;  // a first opinion only, so far
            ++played_.complaints;
            take_up();
        });
    }

    // A notice or a complaint, read by somebody else than before.
    void settle(const std::string& token, const moderate::View& view) {
        Dice dice(wishes_.seed, "settle " + view.kind + view.review.experience);
        moderate::Verdict verdict;
        const bool yes = dice.chance(view.kind == "notice" ? .2 : .4);
        verdict.decision = view.kind == "notice" ? (yes ? "remove" : "keep") : yes ? "overturn" : "uphold";
        verdict.reason = view.kind == "notice" ? view.notice->reason : "";
        verdict.reads = view.must_declare;
        const auto& lang = view.lang;
        verdict.explanation = lang == "fr" ? (yes ? "Après relecture, vous avez raison." : "Nous avons relu chaque phrase : rien n'enfreint les règles.")
                            : lang == "de" ? (yes ? "Nach erneutem Lesen haben Sie recht." : "Wir haben jeden Satz gelesen: nichts verletzt die Regeln.")
                                           : (yes ? "Having read it again, you are right." : "We have read every sentence: nothing breaks the rules.");
        if (view.kind == "complaint" && !yes) verdict.explanation = lang == "fr" ? "Les mots relevés visent bien une personne." : lang == "de" ? "Die markierten Worte treffen einen Menschen." : "The marked words do name or hurt a person.";
        const auto decided = stage_.moderate.decide(token, verdict);
        if (!decided && (decided.error().kind == ErrorKind::conflict || decided.error().kind == ErrorKind::gone)) return;
        if (!sound(decided)) return;
        ++played_.decisions;
        take_up();
    }

    const Stage& stage_;
    const Wishes& wishes_;
    Seconds now_, from_;
    Content content_;
    Generator generator_;
    LetterBox box_;
    jobs::Runner mails_;
    contact::Post post_;
    Scratch scratch_;
    std::multimap<Seconds, std::function<void()>> agenda_;
    std::map<std::string, const Story*> stories_;  // by experience
    std::map<std::string, Author> authors_;        // by review
    std::set<std::string> waiting_;                // for a moderator
    Played played_;
    std::optional<Error> failed_;
};

}  // namespace

Result<Played> play(const Stage& stage, Seconds now, const Wishes& wishes) {
    Theatre theatre(stage, now, wishes);
    return theatre.play();
}

}  // namespace verbatim::demo
