// A campaign through the post, for `./dev bench mail`: letters of the packaged plan, personal in each, a durable row a recipient.
//   verbatim-mailing queue --data DIR --count N                 people and their letters, as the plan's run makes them
//   verbatim-mailing send  --data DIR --mail URL [--dkim rsa|ed]    the post sends all that waits; then the figures of this process
// Queueing and sending are processes of their own, so that each one's memory is its own.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/jobs/jobs.h"
#include "life/plan/default_plan.h"
#include "life/plan/letter.h"
#include "life/plan/read.h"
#include "life/plan/words.h"
#include "record/contact/topics.h"
#include "record/links/links.h"
#include "record/vault/vault.h"

using namespace verbatim;

namespace {

std::string option(int count, char** arguments, std::string_view name, std::string otherwise) {
    for (int i = 2; i + 1 < count; ++i)
        if (arguments[i] == name) return arguments[i + 1];
    return otherwise;
}

double cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::unique_ptr<storage::Db> open(const std::string& folder, Seconds now) {
    std::filesystem::create_directories(folder);
    storage::Options options;
    options.create = true;
    auto db = storage::Db::open("sqlite:" + folder + "/mailing.db", options);
    db->migrate(vault::migrations());
    db->migrate(jobs::migrations());
    db->migrate(links::migrations());
    db->migrate(contact::migrations());
    vault::open(*db, now, folder + "/vault.key");
    return db;
}

// One campaign in all its languages, to people who all differ.
int queue(const std::string& folder, int count) {
    const SystemClock clock;
    const auto db = open(folder, clock.now());
    const auto plan = plan::read_plan(plan::default_plan()).plan;
    const auto& campaign = plan.campaigns[0];
    const auto& words = plan.templates[static_cast<std::size_t>(campaign.template_number >= 0 ? campaign.template_number : campaign.variants[0].template_number)];
    constexpr const char* names[] = {"Zoë", "Jürgen", "Anne", "Piet", "Łucja", "Inês", "Marco", "José"};
    constexpr int slice = 1000;
    std::vector<std::string> people;
    for (int done = 0; done < count; done += slice) {
        db->write([&](storage::Tx& tx) {
            for (int i = done; i < std::min(count, done + slice); ++i) {
                contact::Customer person;
                person.external = std::to_string(i), person.first_name = names[i % 8], person.last_name = "Person" + std::to_string(i);
                person.email = "person" + std::to_string(i) + "@home" + std::to_string(i % 50) + ".example", person.locale = plan.languages[static_cast<std::size_t>(i / 8) % plan.languages.size()];
                people.push_back(contact::add_customer(tx, clock.now(), person));
            }
        });
    }
    const double start = cpu();
    for (int done = 0; done < count; done += slice) {
        db->write([&](storage::Tx& tx) {
            for (int i = done; i < std::min(count, done + slice); ++i) {
                const auto& customer = people[static_cast<std::size_t>(i)];
                const auto person = contact::find_customer(tx, customer);
                plan::LetterFacts facts;
                facts.brand = "Nordhaven", facts.dealer = "Autohaus " + std::to_string(i % 200), facts.first_name = person->first_name;
                facts.model = i % 3 == 0 ? "Arietta" : "Brisa", facts.day = 20500, facts.years = 1, facts.phone = "+49 4321 5060", facts.site = "DE-" + std::to_string(i % 200);
                const auto letter = plan::write_letter(plan, campaign, words, person->locale, facts);
                if (!letter) throw std::runtime_error(letter.error().message);
                contact::Message message;
                message.key = "plan:" + std::to_string(i) + ":0:" + campaign.id + ":20500";
                message.customer = customer, message.about = "plan:" + campaign.id, message.mail_template = "letter_" + letter->family, message.data = letter->data;
                if (contact::queue_as(tx, clock.now(), message, plan::name_of(campaign.purpose)) != contact::Queued::queued) throw std::runtime_error("not queued");
            }
        });
    }
    std::printf("queued %d cpu_us %.2f rss_mb %.1f\n", count, (cpu() - start) * 1e6 / count, resident_mb());
    return 0;
}

std::string pem(EVP_PKEY* key) {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string out(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    EVP_PKEY_free(key);
    return out;
}

int send(const std::string& folder, const std::string& url, const std::string& dkim) {
    const SystemClock clock;
    const auto db = open(folder, clock.now());
    const auto renderer = render::Renderer::make();
    auto transport = mail::make_transport(url);
    if (!transport) throw std::runtime_error(transport.error().message);
    contact::Sender sender;
    sender.from_email = "news@nordhaven.example", sender.from_name = "Nordhaven", sender.base_url = "https://reviews.nordhaven.example";
    sender.brand = "Nordhaven", sender.operator_name = "Nordhaven Europe SE, Hafenstraße 1, Kiel", sender.bounce_domain = "bounces.nordhaven.example";
    if (dkim == "rsa") sender.dkim.push_back({"nordhaven.example", "r", pem(EVP_RSA_gen(2048))});
    if (dkim == "ed") sender.dkim.push_back({"nordhaven.example", "e", pem(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))});
    jobs::Runner runner(*db, clock);
    contact::Post post(*db, clock, *renderer, std::move(transport).value(), sender);
    post.handle(runner);
    const auto before = db->read([](storage::Tx& tx) { return contact::post_counts(tx); });
    const double start = cpu();
    const auto begun = std::chrono::steady_clock::now();
    runner.start();
    contact::PostCounts counts;
    for (std::int64_t last = before.waiting, idle = 0; idle < 600; ++idle) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        counts = db->read([](storage::Tx& tx) { return contact::post_counts(tx); });
        if (counts.waiting == 0) break;
        if (counts.waiting != last) idle = 0, last = counts.waiting;
    }
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    runner.stop();
    const auto sent = counts.sent - before.sent;
    if (sent == 0 || counts.waiting != 0 || counts.refused != before.refused) return std::fprintf(stderr, "%lld wait, %lld refused\n", static_cast<long long>(counts.waiting), static_cast<long long>(counts.refused)), 1;
    const double each = 1e6 / static_cast<double>(sent);
    std::printf("sent %lld cpu_us %.2f wall_us %.2f rss_mb %.1f\n", static_cast<long long>(sent), (cpu() - start) * each, wall * each, resident_mb());
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string what = count > 1 ? arguments[1] : "", folder = option(count, arguments, "--data", "");
    try {
        if (what == "queue" && !folder.empty()) return queue(folder, std::atoi(option(count, arguments, "--count", "1000").c_str()));
        if (what == "send" && !folder.empty()) return send(folder, option(count, arguments, "--mail", ""), option(count, arguments, "--dkim", ""));
    } catch (const std::exception& failure) {
        std::cerr << "verbatim-mailing: " << failure.what() << "\n";
        return 1;
    }
    std::cerr << "verbatim-mailing queue --data DIR --count N | send --data DIR --mail URL [--dkim rsa|ed]\n";
    return 64;
}
