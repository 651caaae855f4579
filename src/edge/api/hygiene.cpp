#include "edge/api/hygiene.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::api {

namespace {

using http::Request;
using http::Response;
using repeats::Repeats;

constexpr std::size_t most_buckets = 50'000;
constexpr std::string_view words[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

std::int64_t milliseconds() { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

KeyLimits::Left KeyLimits::take(const std::string& who) {
    if (per_minute_ <= 0) return {};
    const double per_ms = per_minute_ / 60'000.0;
    const auto now = milliseconds();
    const std::lock_guard lock(mutex_);
    if (now - swept_ >= 60'000 || buckets_.size() >= most_buckets) {
        // Whoever was not heard of for a minute has a full bucket again.
        std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.at >= 60'000; });
        if (buckets_.size() >= most_buckets) buckets_.clear();
        swept_ = now;
    }
    auto& bucket = buckets_.try_emplace(who, Bucket{static_cast<double>(per_minute_), now}).first->second;
    bucket.tokens = std::min<double>(per_minute_, bucket.tokens + static_cast<double>(now - bucket.at) * per_ms);
    bucket.at = now;
    const auto seconds = [&](double tokens) { return static_cast<int>(std::ceil(tokens / per_ms / 1000)); };
    if (bucket.tokens < 1) return {false, 0, std::max(1, seconds(1 - bucket.tokens))};
    bucket.tokens -= 1;
    return {true, static_cast<int>(bucket.tokens), seconds(per_minute_ - bucket.tokens)};
}

void KeyLimits::tell(Response& response, const Left& left) const {
    if (per_minute_ <= 0) return;
    response.with("RateLimit-Policy", "\"key\";q=" + std::to_string(per_minute_) + ";w=60");
    response.with("RateLimit", "\"key\";r=" + std::to_string(left.remaining) + ";t=" + std::to_string(left.reset));
}

Response KeyLimits::too_many(const Left& left) const {
    auto response = Response::problem(429, "too_many", "at most " + std::to_string(per_minute_) + " requests a minute with one key; wait " + std::to_string(left.reset) + " s");
    response.with("Retry-After", std::to_string(left.reset));
    tell(response, left);
    return response;
}

Response once(const Repeats& repeats, const std::string& who, const Request& request, const std::function<Response()>& act) {
    const std::string key(request.field("Idempotency-Key"));
    if (key.empty()) return act();
    if (!Repeats::is_key(key)) return Response::problem(400, "idempotency_key", "Idempotency-Key is 1 to 200 visible ASCII characters", "Idempotency-Key");
    const auto what = std::string(words[static_cast<int>(request.method)]) + " " + request.target + "\n" + std::string(request.field("If-Match")) + "\n" + request.body;
    auto found = repeats.begin(who, key, what);
    switch (found.begun) {
        case Repeats::Begun::other: return Response::problem(422, "idempotency_key_reused", "this Idempotency-Key was used for another request", "Idempotency-Key");
        case Repeats::Begun::running: {
            auto response = Response::problem(409, "idempotency_running", "the first request with this Idempotency-Key is under way, or was cut off; look whether it was done");
            response.with("Retry-After", "1");
            return response;
        }
        case Repeats::Begun::repeated: {
            Response response;
            response.status = found.answer.status;
            response.content_type = std::move(found.answer.content_type);
            response.body = std::move(found.answer.body);
            if (!found.answer.etag.empty()) response.with("ETag", std::move(found.answer.etag));
            response.with("Idempotency-Replayed", "true");
            return response;
        }
        case Repeats::Begun::first: break;
    }
    Response response;
    try {
        response = act();
    } catch (...) {
        try {
            repeats.forget(who, key);
        } catch (const std::exception&) {  // the database is gone: the key runs out in a day
        }
        throw;
    }
    // A cookie belongs to one answer alone.
    const bool cookie = std::any_of(response.fields.begin(), response.fields.end(), [](const http::Field& field) { return field.name == "Set-Cookie"; });
    if (response.status >= 500 || response.status == 429 || response.stream || cookie) {
        repeats.forget(who, key);
    } else {
        std::string etag;
        for (const auto& field : response.fields)
            if (field.name == "ETag") etag = field.value;
        repeats.finish(who, key, {response.status, response.content_type, etag, response.body});
    }
    return response;
}

void tag(Response& response) {
    if (response.status != 200 || response.stream) return;
    for (const auto& field : response.fields)
        if (field.name == "ETag") return;
    response.with("ETag", "\"" + to_base64url(crypto::sha256(response.body)).substr(0, 22) + "\"");
}

Response Hygiene::around(const std::string& who, const Request& request, const std::function<Response()>& act) {
    const auto left = limits_.take(who);
    if (!left.go) return limits_.too_many(left);
    const bool reads = request.method == http::Method::get || request.method == http::Method::head;
    auto response = reads ? act() : once(*repeats_, who, request, act);
    if (reads) tag(response);
    limits_.tell(response, left);
    return response;
}

}  // namespace verbatim::api
