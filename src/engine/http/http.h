// HTTP/1.1 (RFC 9110, RFC 9112) with two lanes. The shop window: a lookup on the I/O thread finds finished bytes and one
// writev sends them. The counter: everything else is a plain blocking function on a worker pool. TLS and HTTP/2 are the
// proxy's in front.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::http {

enum class Method { get, head, post, put, patch, del, options };

struct Field {
    std::string name;  // as sent; compare without case
    std::string value;
};

struct Request {
    Method method = Method::get;
    std::string target;      // as sent: "/fr/sites/A1?page=2"
    std::string path;        // decoded once, UTF-8 checked, no NUL, no dot segments
    std::string query;       // raw, after '?'
    std::vector<Field> fields;
    std::string body;
    std::string remote;      // client address; from the trusted proxy's X-Forwarded-For where one is configured
    std::string scheme;      // "http" or "https" (X-Forwarded-Proto of a trusted proxy)
    std::string id;          // request id, in the access log and in X-Request-Id
    // Filled by the router: the {name} parts of the route.
    std::map<std::string, std::string, std::less<>> parts;

    std::string_view field(std::string_view name) const;  // "" where absent; names without case
    std::string_view part(std::string_view name) const;   // "" where absent
};

// application/x-www-form-urlencoded and multipart/form-data, bounded; the first value of a repeated name wins for get().
struct Upload {
    std::string file_name, content_type, bytes;
};
class Form {
public:
    static Result<Form> parse(const Request& request);            // by Content-Type
    static Form parse_query(std::string_view query);              // a URL's query
    std::string_view get(std::string_view name) const&;           // "" where absent
    std::string get(std::string_view name) const&& { return std::string(get(name)); }  // a view would outlive the form
    bool has(std::string_view name) const;
    std::vector<std::pair<std::string, std::string>> values;      // in order, decoded, UTF-8
    std::vector<std::pair<std::string, Upload>> uploads;
};

class Stream;  // engine/http/stream.h

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    std::vector<Field> fields;
    std::shared_ptr<Stream> stream;  // of a long answer; then there is no body

    Response& with(std::string name, std::string value) { fields.push_back({std::move(name), std::move(value)}); return *this; }
    static Response html(std::string body, int status = 200);
    static Response json(std::string body, int status = 200);
    static Response text(std::string body, int status = 200);
    static Response redirect(std::string to, int status = 303);
    static Response streaming(std::string content_type, std::shared_ptr<Stream> stream);
    // RFC 9457 application/problem+json
    static Response problem(int status, std::string_view code, std::string_view detail, std::string_view field = {});
};

using Handler = std::function<Response(const Request&)>;

// What the shop window shows under one target: complete responses in up to three codings, made once per change.
// ETag (strong, per coding), Content-Length, Vary, Cache-Control are inside `head`; only Date and Connection are added live.
struct FinishedPage {
    struct Coded {
        std::string head;           // "HTTP/1.1 200 OK\r\n...", without the empty line
        std::string not_modified;   // the 304's head
        std::string etag;           // with its quotes
        std::string body;
    };
    Coded identity;
    std::optional<Coded> gzip, brotli;
};
// Makes the codings (gzip 6, brotli 5 by default; only where they are smaller).
std::shared_ptr<const FinishedPage> finish_page(std::string_view content_type, std::string body, const std::vector<Field>& fields, bool compress = true);

// Called on the I/O thread for every GET and HEAD with the raw target; must not block. nullptr: not in the window.
// The result is held until its bytes are sent.
using Window = std::function<std::shared_ptr<const FinishedPage>(std::string_view target)>;

class Router {
public:
    // "/{locale}/sites/{code}": a {part} matches one segment, a last {rest...} the remainder. The most literal route wins.
    // HEAD is answered through GET; a known path with another method gets 405 with Allow.
    void add(Method method, std::string pattern, Handler handler);
    void get(std::string pattern, Handler handler) { add(Method::get, std::move(pattern), std::move(handler)); }
    void post(std::string pattern, Handler handler) { add(Method::post, std::move(pattern), std::move(handler)); }
    // Answers what no route matches, and errors: (request, status, Error or none). Default: plain text.
    void fallback(std::function<Response(const Request&, int status)> fn);
    // What an exception of a handler is answered with; 500 without. 503 gets a Retry-After.
    void status_of(std::function<int(const std::exception&)> fn);
    // Dispatches; an exception becomes its status and is logged with the request id.
    Response dispatch(Request& request) const;

    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct Limits {
    std::size_t header_bytes = 16 * 1024;      // more: 431
    std::size_t form_bytes = 1024 * 1024;      // urlencoded or JSON body; more: 413
    std::size_t upload_bytes = 10 * 1024 * 1024;  // multipart body; more: 413
    int header_seconds = 10;                   // from the first byte to the empty line; slower: 408 and close
    int body_seconds = 30;
    int idle_seconds = 60;
    int connections = 10000;                   // more: closed at once
    int posts_per_minute = 120;                // per address, all but GET, HEAD, OPTIONS; more: 429 with Retry-After. 0: no limit
    std::size_t all_bodies_bytes = 256 * 1024 * 1024;  // request bodies held at once, of all connections; more: 503
    std::size_t waiting_requests = 2000;       // counter requests waiting for a worker; more: 503
};

struct Options {
    std::string listen = "127.0.0.1:8080";     // port 0 picks one
    Limits limits;
    int io_threads = 1;
    int workers = 64;                          // most; started as needed
    std::vector<std::string> trusted_proxies;  // addresses or CIDR whose X-Forwarded-* is believed
    std::string access_log = "none";           // file, "-" for stdout, or "none"
    int drain_seconds = 10;
    // Headers every counter response gets (CSP, nosniff, ...); the window's pages carry theirs inside.
    std::vector<Field> default_fields;
};

struct Metrics {
    std::uint64_t connections_open = 0, connections_total = 0, requests = 0, window_hits = 0, rejected = 0;
    std::uint64_t responses_by_class[6] = {};  // [2] = 2xx ...
};

class Server {
public:
    Server(Options options, const Router& router, Window window);
    ~Server();
    void bind();                    // takes the port and listens, so that address() is known; throws with what to do when it cannot
    void start();                   // binds where that was not done, and answers: the router must be complete by now
    std::string address() const;    // "127.0.0.1:34567", after bind
    void stop();                    // drains: no new connections, running requests end, at most drain_seconds
    Metrics metrics() const;
    void reopen_access_log();       // after log rotation moved the file; safe in a signal handler

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// A small blocking client, plain or over TLS, for `log verify`, witnesses, health checks and tests. Follows no redirects.
struct Fetched {
    int status = 0;
    std::vector<Field> fields;
    std::string body;
};
struct ClientOptions {
    std::string ca_file;          // https: PEM certificates to trust; empty: the system's (SSL_CERT_FILE is heeded)
    int silence_seconds = 10;     // longest wait for the next byte
    int all_seconds = 600;        // longest time of one request and its answer
    std::size_t body_bytes = 64 * 1024 * 1024;  // larger answers are refused
    bool cut_body = false;        // larger answers are cut there instead, and the connection closed
    // Asked about the very address a connection would go to, whatever the name resolved to a moment ago; null: any.
    std::function<bool(std::string_view address)> may_connect;
};
// An address of the open internet: not this machine, not a private, shared, link-local, multicast or documentation range (RFC 6890),
// nor one of these dressed as IPv6. For who connects where strangers say.
bool is_public_address(std::string_view address);
class Client {
public:
    // http://host:port[/prefix] or https://...; certificate and host name are checked.
    explicit Client(std::string base_url, ClientOptions options = {});
    ~Client();
    Result<Fetched> get(std::string_view path_and_query);  // keeps its connection
    Result<Fetched> post(std::string_view path, std::string_view content_type, std::string_view body, const std::vector<Field>& fields = {});

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::http
