// verbatim-verify URL|DIR [--key VKEY] [--witness VKEY]... [--quorum N] [--ca FILE] [--all]: the checker of the public log as a program of its own, so that nobody needs
// the platform to check the platform.
#include <chrono>
#include <iostream>
#include <thread>

#include "app/verify/proof_check.h"
#include "app/verify/verify.h"
#include "engine/http/http.h"

namespace {

constexpr const char* usage =
    "usage: verbatim-verify URL|DIR [--key VKEY] [--witness VKEY]... [--quorum N] [--ca FILE] [--all]\n"
    "       verbatim-verify proof FILE --key VKEY [--receipt FILE] [--witness VKEY]... [--quorum N]\n"
    "  URL     the site's address, with or without /log\n"
    "  DIR     a copy laid out like /log/, ratings.json beside it where displayed ratings are to be compared\n"
    "  --key   the verifier key the log must be signed by\n"
    "  --witness  key of a witness you trust, as often as needed\n"
    "  --quorum   how many of these witnesses must have cosigned; all of them without it\n"
    "  --ca    https: certificates to trust instead of the system's (PEM)\n"
    "  --all   print every subject, not only those that differ\n"
    "  proof   one .tlog-proof, offline; --receipt: the author's receipt.json that it belongs to\n";

verbatim::verify::Source site(const std::string& argument, const std::string& ca_file) {
    verbatim::http::ClientOptions options;
    options.ca_file = ca_file;
    const auto client = std::make_shared<verbatim::http::Client>(verbatim::verify::site_address(argument), options);
    const auto get = [client](std::string_view path) -> verbatim::Result<std::string> {
        auto fetched = client->get(path);
        if (!fetched) return fetched.error();
        if (fetched->status == 404) return verbatim::not_found("not_found", std::string(path) + " is not there");
        if (fetched->status != 200) return verbatim::Error{verbatim::ErrorKind::unavailable, "status", std::string(path) + " answered " + std::to_string(fetched->status), {}};
        return std::move(fetched->body);
    };
    return verbatim::verify::live_source(get, [] { std::this_thread::sleep_for(std::chrono::milliseconds(1500)); });
}

int check_one_proof(int argc, char** argv) {
    verbatim::verify::ProofWish wish;
    for (int i = 2; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--key" && i + 1 < argc) wish.key = argv[++i];
        else if (argument == "--receipt" && i + 1 < argc) wish.receipt = argv[++i];
        else if (argument == "--witness" && i + 1 < argc) wish.witnesses.push_back(argv[++i]);
        else if (argument == "--quorum" && i + 1 < argc) wish.quorum = std::strtoull(argv[++i], nullptr, 10);
        else if (wish.file.empty() && !argument.starts_with("-")) wish.file = argument;
        else return std::cerr << usage, 2;
    }
    if (wish.file.empty()) return std::cerr << usage, 2;
    return verbatim::verify::check_proof_file(wish, std::cout);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "proof") return check_one_proof(argc, argv);
    std::string place;
    verbatim::verify::Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--key" && i + 1 < argc) options.key = argv[++i];
        else if (argument == "--witness" && i + 1 < argc) options.witnesses.push_back(argv[++i]);
        else if (argument == "--quorum" && i + 1 < argc) options.quorum = std::strtoull(argv[++i], nullptr, 10);
        else if (argument == "--ca" && i + 1 < argc) options.ca_file = argv[++i];
        else if (argument == "--all") options.all_subjects = true;
        else if (argument == "--help") return std::cout << usage, 0;
        else if (place.empty() && !argument.starts_with("-")) place = argument;
        else return std::cerr << usage, 2;
    }
    if (place.empty()) return std::cerr << usage, 2;
    const auto now = verbatim::SystemClock().now();
    try {
        if (verbatim::verify::is_address(place)) return verbatim::verify::run(site(place, options.ca_file), options, now, std::cout);
        const auto folder = verbatim::verify::folder_source(place);
        if (!folder) return std::cout << "fault: " << folder.error().message << std::endl, 1;
        return verbatim::verify::run(*folder, options, now, std::cout);
    } catch (const std::exception& failure) {
        std::cout << "fault: " << failure.what() << std::endl;
        return 1;
    }
}
