// One round of bench/mail: composes messages, delivers them over SMTP, prints what each cost in CPU of this process.
//   engine_mail_bench URL MESSAGES BYTES
// One line: messages compose_us deliver_us wall_us bytes sign_us (each a message; deliver and wall without the others, and
// unsigned; sign is RSA-2048 and Ed25519 both).
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "engine/mail/mail.h"

using namespace verbatim::mail;

namespace {

double cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Text and HTML, so that the composed message has about `bytes`.
Message letter(int number, std::size_t bytes) {
    Message message;
    message.from = {"Nordhaven", "reviews@nordhaven.example"};
    message.to = {"Zoë Müller", "customer" + std::to_string(number) + "@home.example"};
    message.subject = "Wie war Ihr Besuch in der Werkstatt?";
    message.message_id = std::to_string(number) + "@nordhaven.example";
    message.list_unsubscribe_url = "https://nordhaven.example/u/" + std::to_string(number);
    message.language = "de";
    const std::string line = "Guten Tag, wie war Ihr Besuch in der Werkstatt? Wir freuen uns über jedes Wort, das Sie uns schreiben.";
    while (message.text.size() < bytes / 4) message.text += line + "\n";
    while (message.html.size() + message.text.size() + line.size() < bytes * 9 / 10) message.html += "<p style=\"margin:0\">" + line + "</p>\n";
    return message;
}

std::string pem(EVP_PKEY* key) {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string out(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    EVP_PKEY_free(key);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: engine_mail_bench URL MESSAGES BYTES\n");
        return 2;
    }
    const int count = std::atoi(argv[2]);
    const auto bytes = static_cast<std::size_t>(std::atoi(argv[3]));
    auto transport = make_transport(argv[1]);
    if (!transport) {
        std::fprintf(stderr, "%s\n", transport.error().message.c_str());
        return 2;
    }
    std::vector<Message> messages;
    for (int i = 0; i < count; ++i) messages.push_back(letter(i, bytes));

    const double start = cpu();
    std::vector<Envelope> envelopes;
    for (const auto& message : messages) envelopes.push_back({"bounce@nordhaven.example", message.to.email, compose(message)});
    const double composed = cpu();
    const auto clock = std::chrono::steady_clock::now();
    const auto outcomes = transport.value()->deliver(envelopes);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    const double delivered = cpu();

    std::size_t size = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        size += envelopes[i].data.size();
        if (outcomes[i].delivery != Delivery::sent) {
            std::fprintf(stderr, "message %zu: %s\n", i, outcomes[i].reply.c_str());
            return 1;
        }
    }
    const std::vector<DkimKey> keys = {{"nordhaven.example", "rsa", pem(EVP_RSA_gen(2048))}, {"nordhaven.example", "ed", pem(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))}};
    if (!sign(envelopes[0].data, keys, 0)) return 1;
    const int signatures = std::min(count, 200);
    const double before = cpu();
    for (int i = 0; i < signatures; ++i) {
        if (!sign(envelopes[static_cast<std::size_t>(i)].data, keys, i)) return 1;
    }
    const double signing = (cpu() - before) * 1e6 / signatures;

    const auto each = [&](double seconds) { return seconds * 1e6 / count; };
    std::printf("%d %.2f %.2f %.2f %zu %.2f\n", count, each(composed - start), each(delivered - composed), each(wall), size / outcomes.size(), signing);
    return 0;
}
