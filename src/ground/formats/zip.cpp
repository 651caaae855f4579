#include "ground/formats/zip.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

#include "ground/base/calendar.h"

namespace verbatim {
namespace {

void put(std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xff);
}

constexpr std::uint32_t version_needed = 20, names_are_utf8 = 0x0800;
constexpr std::size_t most_bytes = 0xffffffff, most_files = 0xffff, longest_name = 0xffff;

// Local header and directory entry share these fields (4.4.2 to 4.4.11).
void put_common(std::string& to, std::uint32_t time, std::uint32_t crc, std::string_view name, std::size_t size) {
    put(to, version_needed, 2), put(to, names_are_utf8, 2), put(to, 0, 2);  // stored
    put(to, time, 4), put(to, crc, 4);
    put(to, static_cast<std::uint32_t>(size), 4), put(to, static_cast<std::uint32_t>(size), 4);
    put(to, static_cast<std::uint32_t>(name.size()), 2), put(to, 0, 2);
}

}  // namespace

ZipWriter::ZipWriter(Seconds at) {
    const auto moment = std::max(at, midnight(Date{1980, 1, 1}));
    const auto date = date_of(moment);
    const auto of_day = static_cast<std::uint32_t>(moment - midnight(date));
    const auto day = static_cast<std::uint32_t>(date.year - 1980) << 9 | static_cast<std::uint32_t>(date.month) << 5 | static_cast<std::uint32_t>(date.day);
    time_ = day << 16 | of_day / 3600 << 11 | of_day / 60 % 60 << 5 | of_day % 60 / 2;
}

void ZipWriter::add(std::string_view name, std::string_view bytes) {
    if (name.size() > longest_name || files_ == most_files || body_.size() + directory_.size() + bytes.size() + 2 * name.size() + 200 > most_bytes) throw std::length_error("too much for a ZIP archive");
    const auto crc = static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
    const auto offset = static_cast<std::uint32_t>(body_.size());
    put(body_, 0x04034b50, 4);
    put_common(body_, time_, crc, name, bytes.size());
    body_ += name;
    body_ += bytes;
    put(directory_, 0x02014b50, 4);
    put(directory_, version_needed, 2);
    put_common(directory_, time_, crc, name, bytes.size());
    put(directory_, 0, 2), put(directory_, 0, 2), put(directory_, 0, 2), put(directory_, 0, 4);  // no comment, one disk, no attributes
    put(directory_, offset, 4);
    directory_ += name;
    ++files_;
}

std::string ZipWriter::finish() {
    const auto at = static_cast<std::uint32_t>(body_.size()), size = static_cast<std::uint32_t>(directory_.size());
    body_ += directory_;
    put(body_, 0x06054b50, 4), put(body_, 0, 2), put(body_, 0, 2);
    put(body_, files_, 2), put(body_, files_, 2), put(body_, size, 4), put(body_, at, 4), put(body_, 0, 2);
    return std::move(body_);
}

}  // namespace verbatim
