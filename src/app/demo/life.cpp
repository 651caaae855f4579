#include "app/demo/life.h"

#include <algorithm>
#include <array>

#include "app/demo/answers.h"
#include "app/demo/people.h"
#include "app/demo/words.h"
#include "ground/formats/csv.h"

namespace verbatim::demo {
namespace {

using namespace std::string_view_literals;

// A site is large or small, good or less good, and stays so.
bool lacks_parts(const Site& site) { return site.group == waiting_group && site.country == waiting_country; }
double size_of(const Site& site, std::uint64_t seed) { return site.code == declining_site ? 4.2 : lacks_parts(site) ? 4 : site.code == "FR-LYO" ? 2.4 : .55 + 1.3 * Dice(seed, "size " + site.code).unit(); }
double quality_of(const Site& site, std::uint64_t seed) {
    if (site.code == declining_site || lacks_parts(site)) return .5;
    Dice dice(seed, "quality " + site.code);
    return dice.unit() + dice.unit() - 1;
}

double popularity_of(const Model& model) { return model.code == noisy_model ? 2.6 : model.code == "ESTAMPIE" ? .35 : model.code == "MADRIGAL" ? .8 : 1; }

class Town {
public:
    Town(const Content& content, std::uint64_t seed, Date from, Date to, int count)
        : content_(content), count_(static_cast<std::size_t>(count)), seed_(seed), begin_(midnight(from)), days_(static_cast<int>((midnight(to) - begin_) / one_day)), dice_(seed, "visits") {
        for (const Site& site : content.sites) sizes_.push_back(size_of(site, seed));
        for (const Model& model : content.models) popularity_.push_back(popularity_of(model));
    }

    std::vector<Story> visits() {
        while (stories_.size() < count_) one_customer();
        std::stable_sort(stories_.begin(), stories_.end(), [](const Story& a, const Story& b) { return a.visit.occurred_on < b.visit.occurred_on; });
        int number = 1;
        for (Story& story : stories_) story.visit.id = "AUR-" + std::to_string(100000 + number++);
        return std::move(stories_);
    }

private:
    int a_day() {
        for (;;) {
            const int day = dice_.between(0, days_ - 1);
            const int weekday = static_cast<int>((begin_ / one_day + day + 4) % 7);  // 0 is Sunday: the first of 1970 was a Thursday
            if (weekday != 0 && (weekday != 6 || dice_.chance(.6))) return day;
        }
    }

    void one_customer() {
        const Site& site = content_.sites[dice_.weighted(sizes_)];
        const double shop = site.new_car ? 1 : 0;
        static constexpr std::array kinds{"order"sv, "delivery"sv, "used_car"sv, "workshop"sv};
        const std::string_view kind = kinds[dice_.weighted({.14 * shop, .15 * shop, site.used_car ? .15 : 0, site.workshop ? .56 : 0})];
        const Model& model = content_.models[dice_.weighted(popularity_)];
        const int number = ++customers_;

        Story story;
        story.lang = language_of_customer(site, dice_);
        Visit& visit = story.visit;
        invent_customer(visit, content_, site, story.lang, number, ++of_country_[site.country], dice_);
        visit.site = site.code;
        choose_version(visit, model, kind);
        Dice home(seed_, "home " + visit.customer);
        if (home.chance(.55)) invent_address(visit, site, home);
        visit.consent = invent_consent(site.country, dice_);
        const int day = a_day();
        happen(story, kind, day);
        // A car ordered early enough is delivered within the months we tell, and some come back with it.
        if (kind == "order") {
            const int delivery = day + dice_.between(25, 80);
            if (delivery < days_) happen(story, "delivery", delivery);
        }
        if (kind == "workshop" && dice_.chance(.10) && day + 40 < days_) happen(story, "workshop", day + dice_.between(15, 39));
    }

    // The seller knows what he sold. A workshop's system often knows no more than what stands on the boot lid.
    void choose_version(Visit& visit, const Model& model, std::string_view kind) const {
        Dice dice(seed_, "version " + visit.customer);
        visit.model = visit.product = model.code;
        visit.electric = model.electric;
        if (model.versions.empty() || !dice.chance(kind == "workshop" ? .45 : .8)) return;
        // The first is the one that sells.
        std::vector<double> weights(model.versions.size(), 1.0);
        weights.front() = 1.6;
        const ModelVersion& chosen = model.versions[dice.weighted(weights)];
        visit.product = chosen.code;
        visit.electric = chosen.electric;
    }

    void happen(Story story, std::string_view kind, int day) {
        if (stories_.size() == count_) return;
        Visit& visit = story.visit;
        visit.kind = kind;
        visit.occurred_on = date_of(begin_ + day * one_day);
        visit.adviser = adviser(visit.site, kind);
        if (kind == "delivery") visit.registered_on = format_date(visit.occurred_on);
        if (kind == "workshop" || kind == "used_car") visit.registered_on = format_date(begin_ + (day - dice_.between(300, 2600)) * one_day);
        if (kind != "order") {
            Dice body(seed_, "vin " + visit.customer);
            visit.vin = invent_vin(visit.model, std::stoi(visit.customer.substr(1)), body);
        }
        stories_.push_back(std::move(story));
    }

    std::string adviser(std::string_view site, std::string_view kind) {
        const std::string_view wanted = kind == "workshop" ? "workshop"sv : kind == "used_car" ? "used cars"sv : "sales"sv;
        std::vector<const Adviser*> fitting, seller;
        for (const Adviser& person : content_.advisers) {
            if (person.site != site) continue;
            if (person.department == wanted) fitting.push_back(&person);
            else if (person.department != "workshop") seller.push_back(&person);
        }
        if (fitting.empty() && kind != "workshop") fitting = seller;
        return fitting.empty() || dice_.chance(.08) ? std::string() : dice_.pick(fitting)->email;
    }

    const Content& content_;
    std::size_t count_;
    std::uint64_t seed_;
    Seconds begin_;
    int days_;
    Dice dice_;
    std::vector<double> sizes_, popularity_;
    std::vector<Story> stories_;
    int customers_ = 0;
    std::map<std::string, int> of_country_;
};

}  // namespace

std::span<const std::string_view> themes_of(std::string_view kind) {
    static constexpr std::array order{"welcome"sv, "advice"sv, "offer"sv, "follow_up"sv};
    static constexpr std::array delivery{"welcome"sv, "on_time"sv, "handover"sv, "preparation"sv};
    static constexpr std::array used_car{"welcome"sv, "honesty"sv, "condition"sv, "value"sv};
    static constexpr std::array workshop{"welcome"sv, "explanation"sv, "deadline"sv, "quality"sv, "price"sv};
    if (kind == "order") return order;
    if (kind == "delivery") return delivery;
    if (kind == "used_car") return used_car;
    return workshop;
}

bool asks_for_a_call(const Words& words) {
    if (words.rating <= 2 || words.contact_me || (words.recommend && *words.recommend <= 6)) return true;
    return std::any_of(words.criteria.begin(), words.criteria.end(), [](const auto& entry) { return entry.second == 1; });
}

std::string experiences_csv(std::span<const Visit> visits) {
    std::string text = "id,kind,occurred_on,site,product,adviser,customer,salutation,first_name,last_name,email,phone,locale,country,vin,registered_on,consent,street,postcode,city\r\n";
    for (const Visit& v : visits) {
        const std::string day = format_date(v.occurred_on);
        const std::string_view fields[] = {v.id, v.kind, day, v.site, v.product, v.adviser, v.customer, v.salutation, v.first_name, v.last_name, v.email, v.phone, v.locale, v.country, v.vin, v.registered_on, v.consent, v.street, v.postcode, v.city};
        text += csv_row(fields);
    }
    return text;
}

Generator::Generator(const Content& content, std::uint64_t seed, Date from, Date to, int count) : content_(content), stories_(Town(content, seed, from, to, count).visits()) {
    for (Story& story : stories_) {
        const Visit& visit = story.visit;
        const Site& site = content.site(visit.site);
        Dice dice(seed, visit.id);
        const double month = static_cast<double>(midnight(visit.occurred_on) - midnight(from)) / (30.44 * one_day);
        Mood mood;
        mood.quality = quality_of(site, seed);
        mood.declining = site.code == declining_site && month >= 4;
        mood.waiting = lacks_parts(site) && visit.kind == "workshop" && midnight(visit.occurred_on) >= midnight(to) - waiting_days * one_day;
        mood.rattling = visit.model == noisy_model && month >= 3 && (visit.kind == "delivery" ? dice.chance(.5) : visit.kind == "workshop" && dice.chance(.4));
        // Who may not be invited cannot answer; of the others about four in ten do, the angry ones a little rather.
        const bool invitable = visit.consent.find("invitation=no") == std::string::npos && ((site.country != "DE" && site.country != "AT") || visit.consent.find("invitation=legitimate") == std::string::npos);
        if (!invitable || !dice.chance(mood.declining ? .48 : .405 + .05 * mood.quality)) continue;

        const Scene scene = scene_of(content, story, site);
        story.answer = Story::Answer{answer_delay(dice), write_words(content, visit, scene, mood, dice)};
        react(content, story, site, scene, mood, dice);
    }
}

Visit Generator::fresh_visit(Date today) const {
    Visit visit;
    visit.id = "AUR-200001";
    visit.kind = "workshop";
    visit.occurred_on = date_of(midnight(today) - 2 * one_day);
    visit.site = "FR-LYO";
    visit.product = visit.model = "VIRELAI";
    visit.customer = "C200001";
    visit.salutation = "ms";
    visit.first_name = "Camille";
    visit.last_name = "Perrin";
    visit.email = "camille.perrin.1@post.example";
    visit.phone = "+33 6 39 98 99 01";
    visit.locale = "fr-FR";
    visit.country = "FR";
    visit.vin = "AURV1R042TL200001";
    visit.registered_on = "2024-03-18";
    visit.consent = "invitation=legitimate_interest;marketing=no;tracking=no";
    for (const Adviser& person : content_.advisers) {
        if (person.site == visit.site && person.department == "workshop") visit.adviser = person.email;
    }
    return visit;
}

}  // namespace verbatim::demo
