#include "engine/http/shop_window.h"

#include <atomic>
#include <chrono>
#include <list>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

namespace verbatim::http {
namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByText = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

std::int64_t steady_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Entry {
    std::shared_ptr<const FinishedPage> page;
    std::vector<std::string> tags;
    std::int64_t expires = 0;
    std::size_t bytes = 0;
    mutable std::atomic<bool> looked_at{true};
};

std::size_t size_of(const FinishedPage& page) {
    const auto coded = [](const FinishedPage::Coded& c) { return c.head.size() + c.not_modified.size() + c.body.size() + c.etag.size(); };
    return coded(page.identity) + (page.gzip ? coded(*page.gzip) : 0) + (page.brotli ? coded(*page.brotli) : 0) + 512;
}

}  // namespace

struct ShopWindow::Impl {
    std::size_t most;
    mutable std::shared_mutex mutex;
    ByText<std::unique_ptr<Entry>> pages;
    ByText<std::unordered_set<std::string>> targets_of_tag;
    ByText<std::uint64_t> dropped;      // per tag, how often it was dropped
    std::uint64_t all_dropped = 0;
    std::size_t held = 0;
    std::list<std::string> order;       // clock eviction: oldest put first, a look gives a second round

    std::uint64_t generation(const std::vector<std::string>& tags) const {
        std::uint64_t sum = all_dropped;
        for (const auto& tag : tags) {
            const auto at = dropped.find(tag);
            if (at != dropped.end()) sum += at->second;
        }
        return sum;
    }

    void erase(std::string_view target) {
        const auto at = pages.find(target);
        if (at == pages.end()) return;
        held -= at->second->bytes;
        for (const auto& tag : at->second->tags) {
            const auto set = targets_of_tag.find(tag);
            if (set == targets_of_tag.end()) continue;
            set->second.erase(at->first);
            if (set->second.empty()) targets_of_tag.erase(set);
        }
        pages.erase(at);
    }

    void make_room(std::size_t wanted) {
        std::size_t rounds = 2 * order.size();
        while (held + wanted > most && !order.empty() && rounds-- > 0) {
            auto target = std::move(order.front());
            order.pop_front();
            const auto at = pages.find(target);
            if (at == pages.end()) continue;
            if (at->second->looked_at.exchange(false, std::memory_order_relaxed)) {
                order.push_back(std::move(target));
            } else {
                erase(target);
            }
        }
    }
};

ShopWindow::ShopWindow(std::size_t most_bytes) : impl_(std::make_unique<Impl>()) { impl_->most = most_bytes; }
ShopWindow::~ShopWindow() = default;

std::shared_ptr<const FinishedPage> ShopWindow::find(std::string_view target) const {
    std::shared_lock lock(impl_->mutex);
    const auto at = impl_->pages.find(target);
    if (at == impl_->pages.end() || at->second->expires <= steady_seconds()) return nullptr;
    if (!at->second->looked_at.load(std::memory_order_relaxed)) at->second->looked_at.store(true, std::memory_order_relaxed);
    return at->second->page;
}

Response ShopWindow::show(const Request& request, const std::vector<std::string>& tags, int keep_seconds, const std::function<Built()>& build) {
    std::uint64_t before = 0;
    {
        std::shared_lock lock(impl_->mutex);
        before = impl_->generation(tags);
    }
    auto built = build();
    auto& response = built.response;
    for (auto& field : built.fields) response.fields.push_back(field);
    if (response.status != 200 || !built.keep) return std::move(response);
    auto entry = std::make_unique<Entry>();
    entry->page = finish_page(response.content_type, response.body, response.fields);
    entry->tags = tags;
    entry->expires = steady_seconds() + keep_seconds;
    entry->bytes = size_of(*entry->page) + request.target.size();
    response.with("ETag", entry->page->identity.etag);
    std::unique_lock lock(impl_->mutex);
    if (impl_->generation(tags) != before || entry->bytes > impl_->most) return std::move(response);
    impl_->erase(request.target);
    impl_->make_room(entry->bytes);
    impl_->held += entry->bytes;
    for (const auto& tag : tags) impl_->targets_of_tag[tag].insert(request.target);
    impl_->order.push_back(request.target);
    if (impl_->order.size() > 4 * impl_->pages.size() + 1024) {
        // Names of dropped pages pile up in the order; keep those that still stand.
        impl_->order.remove_if([&](const std::string& target) { return impl_->pages.find(target) == impl_->pages.end() && target != request.target; });
    }
    impl_->pages[request.target] = std::move(entry);
    return std::move(response);
}

void ShopWindow::drop(std::string_view tag) {
    std::unique_lock lock(impl_->mutex);
    if (impl_->dropped.size() > 100000) {  // bounded: one count for all instead
        impl_->dropped.clear();
        impl_->all_dropped += std::uint64_t{1} << 32;
    }
    ++impl_->dropped[std::string(tag)];
    const auto set = impl_->targets_of_tag.find(tag);
    if (set == impl_->targets_of_tag.end()) return;
    const auto targets = std::vector<std::string>(set->second.begin(), set->second.end());
    for (const auto& target : targets) impl_->erase(target);
}

void ShopWindow::drop_all() {
    std::unique_lock lock(impl_->mutex);
    ++impl_->all_dropped;
    impl_->pages.clear();
    impl_->targets_of_tag.clear();
    impl_->order.clear();
    impl_->held = 0;
}

std::size_t ShopWindow::bytes() const {
    std::shared_lock lock(impl_->mutex);
    return impl_->held;
}

}  // namespace verbatim::http
