#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/verify/verify.h"

namespace verbatim::verify {
namespace {

constexpr std::uintmax_t file_limit = 64 * 1024 * 1024;

Result<std::string> read_file(const std::filesystem::path& path, std::string_view name) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return not_found("no_file", std::string(name) + " is not there");
    const auto size = std::filesystem::file_size(path, error);
    if (error || size > file_limit) return invalid("file_size", std::string(name) + " is longer than 64 MiB");
    std::ifstream file(path, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return Error{ErrorKind::unavailable, "file_unreadable", std::string(name) + " cannot be read", {}};
    return bytes;
}

}  // namespace

Result<Source> folder_source(const std::string& folder) {
    std::filesystem::path log = folder;
    std::error_code error;
    if (!std::filesystem::exists(log / "checkpoint", error) && std::filesystem::exists(log / "log" / "checkpoint", error)) log /= "log";
    if (!std::filesystem::exists(log / "checkpoint", error)) return not_found("no_log", folder + " holds no checkpoint: give a folder laid out like /log/, or the site's address");
    Source source;
    source.log = [log](std::string_view path) { return read_file(log / path, path); };
    for (const auto& place : {log / "transparency.json", std::filesystem::path(folder) / "transparency.json"}) {
        auto figures = read_file(place, "transparency.json");
        if (!figures && figures.error().kind != ErrorKind::not_found) return figures.error();
        if (!figures) continue;
        source.figures = std::move(*figures);
        break;
    }
    for (const auto& place : {log / "ratings.json", std::filesystem::path(folder) / "ratings.json"}) {
        auto ratings = read_file(place, "ratings.json");
        if (!ratings && ratings.error().kind != ErrorKind::not_found) return ratings.error();
        if (!ratings) continue;
        source.ratings = std::move(*ratings);
        break;
    }
    return source;
}

bool is_address(std::string_view argument) { return argument.starts_with("http://") || argument.starts_with("https://"); }

std::string site_address(std::string_view url) {
    while (url.ends_with('/')) url.remove_suffix(1);
    if (url.ends_with("/log")) url.remove_suffix(4);
    while (url.ends_with('/')) url.remove_suffix(1);
    return std::string(url);
}

Source live_source(Fetch get, std::function<void()> pause) {
    Source source;
    source.log = [get](std::string_view path) { return get("/log/" + std::string(path)); };
    source.site = [get](std::string_view path) { return get("/" + std::string(path)); };
    source.pause = std::move(pause);
    return source;
}

}  // namespace verbatim::verify
