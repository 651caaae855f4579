#include "app/server/outbox.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/mail/parts.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;
using http::Request;
using http::Response;
using nlohmann::json;

constexpr std::size_t shown = 200;

json frame(const render::Locale& locale, const std::string& brand) {
    const auto root = "/" + locale.language();
    return {{"BRAND", brand}, {"OPERATOR", brand}, {"HOME_URL", root + "/"}, {"RULES_URL", root + "/rules"}, {"TRANSPARENCY_URL", root + "/transparency"},
            {"NOINDEX", true}, {"LANGUAGES", json::array()}};
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A file's name is its message's; nothing else opens.
bool safe_name(std::string_view name) {
    return !name.empty() && name.size() < 200 && name.find('/') == std::string_view::npos && name[0] != '.' && name.substr(name.size() - std::min<std::size_t>(4, name.size())) == ".eml";
}

std::vector<std::pair<std::int64_t, std::string>> newest(const std::string& folder) {
    std::vector<std::pair<std::int64_t, std::string>> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        const auto name = entry.path().filename().string();
        if (safe_name(name)) files.emplace_back(entry.last_write_time(none).time_since_epoch().count(), name);
    }
    std::sort(files.rbegin(), files.rend());
    if (files.size() > shown) files.resize(shown);
    return files;
}

json summary(const std::string& name, const mail::Parts& mail) {
    return {{"URL", "/demo/outbox/" + name}, {"SUBJECT", mail.subject}, {"FROM", mail.from}, {"TO", mail.to}, {"AT", mail.date}, {"LANG", mail.language}};
}

std::vector<std::string> links_in(std::string_view text) {
    std::vector<std::string> links;
    for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 1)) {
        const auto end = text.find_first_of(" \r\n\t<>\"", at);
        auto link = std::string(text.substr(at, end == std::string_view::npos ? end : end - at));
        while (!link.empty() && (link.back() == '.' || link.back() == ',')) link.pop_back();
        if (link.find("://") != std::string::npos && std::find(links.begin(), links.end(), link) == links.end()) links.push_back(std::move(link));
    }
    return links;
}

}  // namespace

void outbox_routes(http::Router& router, const render::Renderer& renderer, std::string folder, std::string brand) {
    router.get("/demo/outbox", [&renderer, folder, brand](const Request& request) {
        const auto& locale = renderer.negotiate(request.field("Accept-Language"));
        auto data = frame(locale, brand);
        data["MAILS"] = json::array();
        std::vector<json> mails;
        for (const auto& [at, name] : newest(folder)) mails.push_back(summary(name, mail::parse_parts(read(fs::path(folder) / name))));
        std::stable_sort(mails.begin(), mails.end(), [](const json& a, const json& b) { return a["AT"] > b["AT"]; });
        for (auto& one : mails) data["MAILS"].push_back(std::move(one));
        return Response::html(renderer.html("outbox", locale, data)).with("Cache-Control", "no-store");
    });
    router.get("/demo/outbox/{name}", [&renderer, folder, brand](const Request& request) {
        const auto& locale = renderer.negotiate(request.field("Accept-Language"));
        const auto name = std::string(request.part("name"));
        if (!safe_name(name) || !fs::exists(fs::path(folder) / name)) return Response::text("there is no such mail\n", 404);
        const auto mail = mail::parse_parts(read(fs::path(folder) / name));
        auto data = frame(locale, brand);
        data["OUTBOX_URL"] = "/demo/outbox";
        data["MAIL"] = summary(name, mail);
        data["MAIL"]["TEXT"] = mail.text;
        data["MAIL"]["HTML_URL"] = mail.html.empty() ? "" : "/demo/outbox/" + name + "/html";
        data["MAIL"]["LINKS"] = json::array();
        for (const auto& link : links_in(mail.text)) data["MAIL"]["LINKS"].push_back({{"URL", link}});
        auto response = Response::html(renderer.html("mail_view", locale, data));
        // The mail itself is shown in a frame of this page.
        response.with("Content-Security-Policy", "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        return response.with("Cache-Control", "no-store");
    });
    router.get("/demo/outbox/{name}/html", [folder](const Request& request) {
        const auto name = std::string(request.part("name"));
        if (!safe_name(name) || !fs::exists(fs::path(folder) / name)) return Response::text("there is no such mail\n", 404);
        auto html = mail::parse_parts(read(fs::path(folder) / name)).html;
        // A click on a star leaves the frame: pages refuse to be framed.
        if (const auto head = html.find("<head>"); head != std::string::npos) html.insert(head + 6, "<base target=\"_top\">");
        auto response = Response::html(std::move(html));
        // Mails carry their styles inline, as mail programs want them; a frame of ours, without scripts.
        response.with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation allow-popups");
        return response.with("Cache-Control", "no-store");
    });
}

}  // namespace verbatim::server
