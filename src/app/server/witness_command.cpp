#include "app/server/witness_command.h"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "app/server/key_file.h"
#include "app/server/stop_signals.h"
#include "edge/proofs/witness_door.h"
#include "engine/storage/storage.h"
#include "ground/crypto/crypto.h"
#include "ground/merkle/add_checkpoint.h"

namespace verbatim::server {
namespace {

KeyFile key_of(const WitnessWish& wish) {
    const auto path = std::filesystem::path(wish.data) / "witness.key";
    if (!std::filesystem::exists(path)) {
        const auto name = wish.name.empty() ? "verbatim-witness-" + crypto::random_id(12) : wish.name;
        if (!merkle::valid_key_name(name)) throw std::runtime_error("--name: a witness's name must not be empty or hold a space or a plus sign");
        return make_key_file(path, name);
    }
    auto key = read_key_file(path, "the witness's key");
    if (!wish.name.empty() && wish.name != key.name) throw std::runtime_error("this witness is called " + key.name + " for life; start it without --name");
    return key;
}

}  // namespace

int run_witness(const WitnessWish& wish) {
    const StopSignals signals;
    std::vector<merkle::VerifierKey> logs;
    for (const auto& text : wish.logs) {
        auto key = merkle::parse_verifier_key(text);
        if (!key) throw std::runtime_error("--log " + text + ": " + key.error().message);
        logs.push_back(std::move(*key));
    }
    std::filesystem::create_directories(wish.data);
    const auto key = key_of(wish);
    storage::Options options;
    options.create = true;
    const auto db = storage::Db::open("sqlite:" + (std::filesystem::path(wish.data) / "witness.db").string(), options);
    db->migrate(witness::migrations());
    const SystemClock clock;
    witness::Witness witness(*db, clock, key.name, key.seed, std::move(logs));

    http::Router router;
    router.status_of([](const std::exception& fault) { return dynamic_cast<const storage::Failure*>(&fault) != nullptr ? 503 : 500; });
    proofs::witness_routes(router, witness);
    http::Options serving;
    serving.listen = wish.listen;
    serving.access_log = wish.access_log;
    serving.workers = 8;
    serving.limits.form_bytes = serving.limits.upload_bytes = merkle::add_checkpoint_limit;
    serving.limits.posts_per_minute = wish.posts_per_minute;
    serving.limits.connections = 1000;
    http::Server server(serving, router, nullptr);
    server.bind();
    server.start();
    std::printf("witness key: %s\nlistening on http://%s\n", witness.verifier_key().c_str(), server.address().c_str());
    std::fflush(stdout);
    signals.wait(server);
    server.stop();
    return 0;
}

}  // namespace verbatim::server
