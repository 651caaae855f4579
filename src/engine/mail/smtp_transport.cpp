#include "engine/mail/smtp_transport.h"

#include "engine/mail/smtp_data.h"
#include "engine/mail/smtp_session.h"

namespace verbatim::mail {
namespace {

constexpr std::chrono::seconds last_patience{3};

class SmtpTransport final : public Transport {
public:
    explicit SmtpTransport(SmtpSettings settings) : settings_(std::move(settings)) {
        tls_.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    }

    ~SmtpTransport() override {
        asio::post(context_, [this] { end(); });
        if (thread_.joinable()) thread_.join();
    }

    Result<void> start() {
        std::error_code error;
        tls_.set_default_verify_paths(error);
        if (!settings_.ca_file.empty()) {
            tls_.load_verify_file(settings_.ca_file, error);
            if (error) return invalid("mail_ca", "mail URL: ca=" + settings_.ca_file + " cannot be read: " + error.message() + "; it must be a PEM file", "mail");
        }
        thread_ = std::thread([this] { context_.run(); });
        return {};
    }

    std::vector<Outcome> deliver(const std::vector<Envelope>& envelopes) override {
        std::vector<Outcome> outcomes(envelopes.size());
        std::vector<Item> items;
        items.reserve(envelopes.size());
        for (std::size_t i = 0; i < envelopes.size(); ++i) {
            DataCheck check = checked(envelopes[i]);
            if (check.fault.empty()) items.push_back({&envelopes[i], &outcomes[i], nullptr, check.dots, false});
            else outcomes[i] = {Delivery::refused, std::move(check.fault)};
        }
        if (items.empty()) return outcomes;
        Batch batch(items.size());
        asio::post(context_, [&] {
            for (Item& item : items) {
                item.batch = &batch;
                queue_.add(&item);
            }
            put_to_work();
            look_for_slow();
        });
        batch.wait();
        return outcomes;
    }

    void stop() override {
        asio::post(context_, [this] {
            leave();
            last_word_.expires_after(last_patience);
            last_word_.async_wait([this](const std::error_code& cancelled) {
                if (cancelled) return;
                for (Wire* wire : wires_) wire->fail(failure_);
            });
        });
    }

private:
    static DataCheck checked(const Envelope& envelope) {
        if (!envelope.sender.empty() && !valid_address(envelope.sender)) return {"the sender is no address", false};
        if (!valid_address(envelope.recipient)) return {"the recipient is no address", false};
        return check_data(envelope.data);
    }

    // Wakes idle connections, as many as there is work for; how many that was.
    std::size_t wake() {
        std::size_t busy = 0;
        for (; busy < queue_.size() && !idle_.empty(); ++busy) {
            idle_.back()->cancel();
            idle_.pop_back();
        }
        return busy;
    }

    void put_to_work() {
        for (std::size_t busy = wake(); busy < queue_.size() && workers_ < settings_.connections; ++busy) {
            ++workers_;
            asio::co_spawn(context_, connection(), asio::detached);
        }
    }

    // While somebody waits, each second: who waits for a slow domain is told so.
    void look_for_slow() {
        if (looking_) return;
        looking_ = true;
        slow_look_.expires_after(std::chrono::seconds(1));
        slow_look_.async_wait([this](const std::error_code& cancelled) {
            looking_ = false;
            if (!cancelled && queue_.give_up_slow()) look_for_slow();
        });
    }

    // One connection after the other, while there is work.
    asio::awaitable<void> connection() {
        bool usable = true;
        while (usable && !queue_.empty() && !stopping_) {
            const auto wire = std::make_shared<Wire>(context_, tls_, settings_);
            opening_.insert(wire.get());
            wires_.insert(wire.get());
            Session session(wire, settings_, queue_);
            const bool open = co_await session.open();
            opening_.erase(wire.get());
            if (open) {
                do co_await session.work();
                while (!wire->failed() && !session.spent() && co_await more_work());
                if (!wire->failed()) co_await session.quit();
            }
            if (wire->failed()) {
                failure_ = wire->failure();
                // A server that hangs, or lets nothing through, is not asked again for what waits now.
                usable = session.progressed() && !wire->timed_out();
                wake();  // what it gave back
            }
            wires_.erase(wire.get());
            wire->close();
        }
        // The last one out tells those who still wait: nobody else will.
        if (--workers_ == 0) queue_.settle_all(Delivery::retry, failure_);
    }

    // True when there is, or may be, something to do before the idle time is over.
    asio::awaitable<bool> more_work() {
        if (!queue_.empty()) co_return true;
        if (stopping_) co_return false;
        asio::steady_timer timer(context_, settings_.idle);
        idle_.push_back(&timer);
        std::error_code woken;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        idle_.erase(std::remove(idle_.begin(), idle_.end(), &timer), idle_.end());
        const bool called = woken == asio::error::operation_aborted;
        co_return (called || !queue_.empty()) && !stopping_;
    }

    // Idle connections say QUIT, those still opening are dropped, nobody waits for a turn any more.
    void leave() {
        stopping_ = true;
        failure_ = "the program stops";
        for (auto* timer : idle_) timer->cancel();
        for (Wire* wire : opening_) wire->fail(failure_);
        queue_.settle_all(Delivery::retry, failure_);
    }

    // Then the thread has nothing left to run.
    void end() {
        leave();
        last_word_.cancel();
        slow_look_.cancel();
        work_.reset();
    }

    SmtpSettings settings_;
    asio::io_context context_{1};
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(context_);
    Queue queue_{settings_.domain_connections};
    bool looking_ = false;
    asio::steady_timer slow_look_{context_};
    int workers_ = 0;
    std::vector<asio::steady_timer*> idle_;
    std::set<Wire*> opening_, wires_;  // those of `opening_` are among `wires_`
    asio::steady_timer last_word_{context_};
    std::string failure_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Transport>> make_smtp(SmtpSettings settings) {
    auto transport = std::make_unique<SmtpTransport>(std::move(settings));
    if (auto started = transport->start(); !started) return started.error();
    return std::unique_ptr<Transport>(std::move(transport));
}

}  // namespace verbatim::mail
