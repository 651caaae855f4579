// Serves 10,000 finished pages of about 1.5 KB JSON, and writes the same bytes as files for a file server beside it.
//   engine_http_bench pages DIR               writes DIR/p/0 .. DIR/p/9999
//   engine_http_bench serve ADDR:PORT [LOG]   until SIGTERM or SIGINT
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unordered_map>

#include "engine/http/http.h"

namespace {

using namespace verbatim::http;

constexpr int pages = 10'000;

std::string page_body(int number) {
    std::string body = "{\"subject\":\"site:" + std::to_string(number) + "\",\"reviews\":[";
    for (int review = 0; body.size() < 1400; ++review)
        body += std::string(review ? "," : "") + "{\"id\":\"" + std::to_string(number * 131 + review) + "\",\"rating\":" + std::to_string(1 + (number + review) % 5) +
                ",\"title\":\"Visit " + std::to_string(review) + "\",\"body\":\"The car was ready at the hour they had said.\",\"lang\":\"en\"}";
    return body + "],\"next\":null}";
}

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

int serve(const std::string& listen, const std::string& log) {
    std::unordered_map<std::string, std::shared_ptr<const FinishedPage>, TextHash, std::equal_to<>> shop;
    for (int i = 0; i < pages; ++i) shop.emplace("/p/" + std::to_string(i), finish_page("application/json", page_body(i), {{"Cache-Control", "no-cache"}}));
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    Options options;
    options.listen = listen;
    options.access_log = log;
    Router router;
    Server server(options, router, [&](std::string_view target) -> std::shared_ptr<const FinishedPage> {
        const auto found = shop.find(target);
        return found == shop.end() ? nullptr : found->second;
    });
    server.start();
    std::printf("listening on http://%s\n", server.address().c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::string task = count > 1 ? words[1] : "";
    if (task == "pages" && count == 3) {
        std::filesystem::create_directories(std::string(words[2]) + "/p");
        for (int i = 0; i < pages; ++i) std::ofstream(std::string(words[2]) + "/p/" + std::to_string(i), std::ios::binary) << page_body(i);
        return 0;
    }
    if (task == "serve" && count >= 3) return serve(words[2], count > 3 ? words[3] : "none");
    std::fprintf(stderr, "usage: engine_http_bench pages DIR | serve ADDR:PORT [LOG]\n");
    return 2;
}
