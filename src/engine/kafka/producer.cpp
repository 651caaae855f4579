#include "engine/kafka/producer.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <stdexcept>

namespace verbatim::kafka {

struct Producer::Impl {
    rd_kafka_t* client = nullptr;
    rd_kafka_topic_t* topic = nullptr;
    std::size_t pending = 0;
    bool failed = false;
    std::string fault;

    ~Impl() {
        if (topic) rd_kafka_topic_destroy(topic);
        if (!client) return;
        rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_poll(client, 0);
        rd_kafka_destroy(client);
    }
    // Called by rd_kafka_poll alone, so on the thread that waits.
    static void reported(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
        auto& self = *static_cast<Impl*>(opaque);
        if (self.pending != 0) --self.pending;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return;
        self.failed = true;
        self.fault = rd_kafka_err2str(message->err);
    }
    static void complained(rd_kafka_t*, int, const char* why, void* opaque) { static_cast<Impl*>(opaque)->fault = why; }
};

namespace {

// Freed with the client from the moment it has it.
struct Conf {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    ~Conf() {
        if (conf) rd_kafka_conf_destroy(conf);
    }
};

Error refused(const std::string& why) { return {ErrorKind::invalid, "kafka", "Kafka's client takes no such settings: " + why, {}}; }

}  // namespace

Producer::Producer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Producer::~Producer() = default;

Result<std::unique_ptr<Producer>> Producer::make(const Options& options) {
    auto impl = std::make_unique<Impl>();
    Conf made;
    std::array<char, 512> why{};
    const auto set = [&](const std::string& name, const std::string& value) { return rd_kafka_conf_set(made.conf, name.c_str(), value.c_str(), why.data(), why.size()) == RD_KAFKA_CONF_OK; };
    // Infinite: what was taken over is tried until it is there, and only then the next is read.
    const Properties ours{{"bootstrap.servers", options.brokers}, {"enable.idempotence", "true"}, {"acks", "all"}, {"message.timeout.ms", "0"}, {"client.id", "verbatim"}, {"linger.ms", "5"}};
    for (const auto* list : {&options.more, &ours})
        for (const auto& [name, value] : *list)
            if (!set(name, value)) return refused(why.data());
    rd_kafka_conf_set_opaque(made.conf, impl.get());
    rd_kafka_conf_set_dr_msg_cb(made.conf, &Impl::reported);
    rd_kafka_conf_set_error_cb(made.conf, &Impl::complained);
    rd_kafka_conf_set_log_cb(made.conf, nullptr);  // said in our own log
    impl->client = rd_kafka_new(RD_KAFKA_PRODUCER, made.conf, why.data(), why.size());
    if (!impl->client) return refused(why.data());
    made.conf = nullptr;
    impl->topic = rd_kafka_topic_new(impl->client, options.topic.c_str(), nullptr);
    if (!impl->topic) return refused(rd_kafka_err2str(rd_kafka_last_error()));
    return std::unique_ptr<Producer>(new Producer(std::move(impl)));
}

bool Producer::begin(std::span<const Record> batch) {
    auto& impl = *impl_;
    if (impl.pending != 0 || impl.failed) throw std::logic_error("the batch before is not delivered");
    for (const auto& record : batch) {
        // Copied: the caller's bytes need not outlive the call. The library takes them as its own, hence not const.
        if (rd_kafka_produce(impl.topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, const_cast<char*>(record.value.data()), record.value.size(), record.key.data(), record.key.size(), nullptr) != 0) {
            impl.fault = rd_kafka_err2str(rd_kafka_last_error());
            impl.failed = true;
            return false;
        }
        ++impl.pending;
    }
    return true;
}

Producer::State Producer::wait(std::chrono::milliseconds most) {
    auto& impl = *impl_;
    const auto end = std::chrono::steady_clock::now() + most;
    while (impl.pending != 0 && !impl.failed) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        rd_kafka_poll(impl.client, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 500)));
        if (left.count() <= 0) break;
    }
    std::array<char, 512> why{};
    if (rd_kafka_fatal_error(impl.client, why.data(), why.size()) != RD_KAFKA_RESP_ERR_NO_ERROR) impl.failed = true, impl.fault = why.data();
    if (impl.failed) return State::failed;
    return impl.pending == 0 ? State::delivered : State::waiting;
}

const std::string& Producer::fault() const { return impl_->fault; }

}  // namespace verbatim::kafka
