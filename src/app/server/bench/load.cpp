// The load of `./dev bench`: makes invitations whose links are known, and posts the form through many connections at once.
//   verbatim-load tokens --data DIR --count N [--database URL]     prints N personal links' tokens
//   verbatim-load post ADDRESS:PORT TOKENS --connections N [--proof yes]
//                                                                  posts one review a token; prints counts and latencies; with
//                                                                  --proof asks for the inclusion proof after each answer
//   verbatim-load subjects --data DIR --sites N --reviews M        N sites with M published reviews each
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "app/server/house.h"
#include "record/experiences/experiences.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"

namespace verbatim::server {
namespace {

using storage::Tx;

std::string option(int count, char** arguments, std::string_view name, std::string otherwise) {
    for (int i = 2; i + 1 < count; ++i) {
        if (arguments[i] == name) return arguments[i + 1];
    }
    return otherwise;
}

// Words of an ordinary length; all different, so that nothing is compressed away.
std::string words(std::size_t n) {
    return "Visit number " + std::to_string(n) + ". The car was ready on the day they had named, the work was explained to me line by line and the bill was what "
           "the estimate said. I waited a little at the counter, and somebody brought a chair. I would come back.";
}

void make_sites(Tx& tx, Seconds now, int count) {
    for (int i = 0; i < count; ++i) {
        network::Site site;
        site.code = "S" + std::to_string(i);
        site.name = "Site " + std::to_string(i);
        site.dealer = site.group = "Group";
        site.country = "FR";
        site.locale = "fr";
        site.timezone = "Europe/Paris";
        site.city = "Town " + std::to_string(i % 300);
        site.services = "new_car;used_car;workshop";
        network::store(tx, now, site);
    }
}

int tokens(House& house, int count) {
    const auto now = house.clock.now();
    constexpr int sites = 200, batch = 1000;
    house.db->write([&](Tx& tx) { make_sites(tx, now, sites); });
    for (int from = 0; from < count; from += batch) {
        std::string lines;
        house.db->write([&](Tx& tx) {
            for (int i = from; i < std::min(count, from + batch); ++i) {
                contact::Customer person;
                person.external = "load-" + std::to_string(i);
                person.first_name = "Ada";
                person.last_name = "Lovell";
                person.email = "load" + std::to_string(i) + "@example.org";
                person.locale = "en";
                experiences::Experience e;
                e.id = "load-" + std::to_string(i);
                e.kind = "workshop";
                e.occurred_on = format_date(now - 5 * one_day);
                e.site = "S" + std::to_string(i % sites);
                e.customer = contact::keep_customer(tx, now, person);
                e.locale = "en";
                e.country = "FR";
                e.imported_at = now;
                experiences::keep(tx, e);
                experiences::set_outcome(tx, e.id, experiences::Outcome::invited, {}, now);
                lines += links::issue(tx, now, links::Purpose::invitation, e.id, e.customer, now + 60 * one_day) + "\n";
            }
        });
        std::cout << lines;
    }
    return 0;
}

int subjects(House& house, int sites, int each) {
    const auto now = house.clock.now();
    house.db->write([&](Tx& tx) { make_sites(tx, now, sites); });
    const auto actor = Actor::system("load");
    for (int from = 0; from < sites; from += 100) {
        house.db->write([&](Tx& tx) {
            for (int i = from; i < std::min(sites, from + 100); ++i) {
                for (int n = 0; n < each; ++n) {
                    reviews::Submission submission;
                    submission.content.subject = "site:S" + std::to_string(i);
                    submission.content.service = "workshop";
                    submission.content.rating = 1 + (i + n) % 5;
                    submission.content.body = words(static_cast<std::size_t>(i * each + n));
                    submission.content.lang = "en";
                    submission.content.experience_on = format_date(now - 10 * one_day);
                    submission.origin = "invited";
                    submission.signature = "Ada L.";
                    const auto collected = reviews::collect(tx, actor, now - 9 * one_day + n, submission);
                    reviews::publish(tx, actor, now - 8 * one_day + n, collected->id).ok();
                }
            }
            tx.exec("DELETE FROM job WHERE kind = 'life'");  // nobody is to be written to
        });
    }
    house.ledger->sequence();
    return 0;
}

class Poster {
public:
    Poster(const std::string& address, std::vector<std::string> links, int connections, bool with_proof) : links_(std::move(links)), with_proof_(with_proof) {
        const auto colon = address.rfind(':');
        target_.sin_family = AF_INET;
        target_.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
        inet_pton(AF_INET, address.substr(0, colon).c_str(), &target_.sin_addr);
        epoll_ = epoll_create1(0);
        for (int i = 0; i < connections; ++i) connect_one(i);
        streams_.resize(static_cast<std::size_t>(connections));
        for (int i = 0; i < connections; ++i) send_next(i);
    }

    int run() {
        const auto start = std::chrono::steady_clock::now();
        std::vector<epoll_event> events(256);
        while (open_ > 0) {
            const int ready = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 20000);
            if (ready <= 0) throw std::runtime_error("the server stopped answering after " + std::to_string(times_.size()) + " reviews");
            for (int e = 0; e < ready; ++e) read_one(static_cast<int>(events[static_cast<std::size_t>(e)].data.u32));
        }
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::sort(times_.begin(), times_.end());
        const auto at = [&](double share) { return times_[std::min(times_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times_.size())))] * 1000; };
        std::printf("posted %zu ok %zu other %zu seconds %.2f rate %.0f p50_ms %.2f p99_ms %.2f max_ms %.2f\n", times_.size(), ok_, times_.size() - ok_, seconds,
                    static_cast<double>(times_.size()) / seconds, at(0.5), at(0.99), times_.back() * 1000);
        if (with_proof_ && !proofs_.empty()) {
            std::sort(proofs_.begin(), proofs_.end());
            const auto proof_at = [&](double share) { return proofs_[std::min(proofs_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(proofs_.size())))] * 1000; };
            std::printf("proofs %zu of %zu proof_p50_ms %.2f proof_p99_ms %.2f proof_max_ms %.2f (from the answer to the proof)\n", proofs_.size(), ok_, proof_at(0.5), proof_at(0.99), proofs_.back() * 1000);
        }
        return ok_ == times_.size() && (!with_proof_ || proofs_.size() == ok_) ? 0 : 1;
    }

private:
    struct Stream {
        std::string input;
        std::chrono::steady_clock::time_point sent;
        bool asking_proof = false;
    };

    void connect_one(int i) {
        const int socket_fd = ::socket(AF_INET, SOCK_STREAM, 0);
        const int one = 1;
        setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        sockaddr where{};
        std::memcpy(&where, &target_, sizeof target_);
        if (::connect(socket_fd, &where, sizeof target_) != 0) throw std::runtime_error("cannot connect");
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = static_cast<std::uint32_t>(i);
        epoll_ctl(epoll_, EPOLL_CTL_ADD, socket_fd, &event);
        sockets_.push_back(socket_fd);
        ++open_;
    }

    void send_next(int i) {
        const auto at = static_cast<std::size_t>(i);
        if (next_ >= links_.size()) {
            ::close(sockets_[at]);
            --open_;
            return;
        }
        const auto n = next_++;
        std::string body = "rating=" + std::to_string(1 + n % 5) + "&recommend=8&rating_welcome=4&signature=name&declaration=yes&body=";
        for (const char c : words(n)) body += c == ' ' ? '+' : c;
        const auto request = "POST /r/" + links_[n] + " HTTP/1.1\r\nHost: load\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                             std::to_string(body.size()) + "\r\n\r\n" + body;
        streams_[at].sent = std::chrono::steady_clock::now();
        if (::send(sockets_[at], request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) throw std::runtime_error("cannot send");
    }

    void read_one(int i) {
        auto& stream = streams_[static_cast<std::size_t>(i)];
        char bytes[65536];
        const auto got = ::recv(sockets_[static_cast<std::size_t>(i)], bytes, sizeof bytes, 0);
        if (got <= 0) throw std::runtime_error("the server closed a connection");
        stream.input.append(bytes, static_cast<std::size_t>(got));
        const auto head = stream.input.find("\r\n\r\n");
        if (head == std::string::npos) return;
        const auto length_at = stream.input.find("Content-Length: ");
        std::size_t length = 0;
        std::from_chars(stream.input.data() + length_at + 16, stream.input.data() + head, length);
        if (stream.input.size() < head + 4 + length) return;
        const auto now = std::chrono::steady_clock::now();
        const double took = std::chrono::duration<double>(now - stream.sent).count();
        const bool good = stream.input.compare(9, 3, "200") == 0;
        if (std::exchange(stream.asking_proof, false)) {
            if (good) proofs_.push_back(took);
            stream.input.clear();
            return send_next(i);
        }
        times_.push_back(took);
        if (good) ++ok_;
        const auto page = std::exchange(stream.input, {});
        const auto link = good && with_proof_ ? page.find("href=\"/me/") : std::string::npos;
        if (link == std::string::npos) return send_next(i);
        const auto path = page.substr(link + 6, page.find('"', link + 6) - link - 6);
        const auto request = "GET " + path + "/proof.tlog-proof HTTP/1.1\r\nHost: load\r\n\r\n";
        stream.sent = now;
        stream.asking_proof = true;
        if (::send(sockets_[static_cast<std::size_t>(i)], request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) throw std::runtime_error("cannot send");
    }

    std::vector<std::string> links_;
    std::size_t next_ = 0, ok_ = 0;
    sockaddr_in target_{};
    int epoll_ = -1, open_ = 0;
    std::vector<int> sockets_;
    std::vector<Stream> streams_;
    std::vector<double> times_, proofs_;
    bool with_proof_ = false;
};

int run(int count, char** arguments) {
    const std::string what = count > 1 ? arguments[1] : "";
    if (what == "post" && count > 3) {
        std::ifstream file(arguments[3]);
        std::vector<std::string> links;
        for (std::string line; std::getline(file, line);) links.push_back(line);
        return Poster(arguments[2], std::move(links), std::stoi(option(count, arguments, "--connections", "64")), option(count, arguments, "--proof", "no") == "yes").run();
    }
    Place place;
    place.data = option(count, arguments, "--data", "");
    place.database = option(count, arguments, "--database", "sqlite");
    if (place.data.empty()) throw std::runtime_error("give --data DIR");
    const SystemClock clock;
    House house(place, clock);
    house.compose("http://127.0.0.1");
    if (what == "tokens") return tokens(house, std::stoi(option(count, arguments, "--count", "1000")));
    if (what == "subjects") return subjects(house, std::stoi(option(count, arguments, "--sites", "100")), std::stoi(option(count, arguments, "--reviews", "8")));
    throw std::runtime_error("tokens, subjects or post");
}

}  // namespace
}  // namespace verbatim::server

int main(int count, char** arguments) {
    try {
        return verbatim::server::run(count, arguments);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "verbatim-load: %s\n", problem.what());
        return 1;
    }
}
