// A letter holds the picture that tells that it was opened only where its campaign asks for that and its person agreed, when it leaves.
// Norms: EML-11
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "record/contact/clicks.h"
#include "record/contact/consents.h"
#include "record/contact/test_contact.h"
#include "record/contact/topics.h"

namespace verbatim::contact {
namespace {

constexpr Seconds now = 1'795'000'000;

struct Keeping final : mail::Transport {
    std::map<std::string, std::string>& letters;  // by recipient, line breaks and dots that quoted-printable put in undone
    explicit Keeping(std::map<std::string, std::string>& all) : letters(all) {}
    std::vector<mail::Outcome> deliver(const std::vector<mail::Envelope>& envelopes) override {
        for (const auto& one : envelopes) {
            auto& kept = letters[one.recipient] = one.data;
            for (std::size_t at = kept.find("=\r\n"); at != std::string::npos; at = kept.find("=\r\n", at)) kept.erase(at, 3);
            for (std::size_t at = kept.find("=2E"); at != std::string::npos; at = kept.find("=2E", at)) kept.replace(at, 3, ".");
        }
        return std::vector<mail::Outcome>(envelopes.size(), mail::Outcome{mail::Delivery::sent, "250 kept"});
    }
};

class Pictures : public ContactDatabase {
protected:
    // The letter as it left.
    std::string letter_to(const std::string& email, bool opens, std::initializer_list<const char*> said, std::string_view topic = "marketing") {
        const auto customer = db->write([&](storage::Tx& tx) {
            Customer one;
            one.external = email, one.first_name = "Zoë", one.email = email, one.locale = "de-DE", one.source = "form";
            const auto id = add_customer(tx, now, one);
            Message message;
            message.key = "plan:" + email, message.customer = id, message.about = "plan:offer", message.mail_template = "letter_offer";
            nlohmann::json data{{"LETTER", "first_service"}, {"FAMILY", "offer"}, {"BUTTON", "appointment"}, {"PURPOSE", std::string(topic)}, {"SUBJECT", "Neues"}, {"LANG", "de"}, {"MODEL", "Brisa"},
                                {"DEALER", "Autohaus Nord"}, {"SAME", false}, {"YEAR", 3}, {"PHONE", ""}, {"FACTS", false}, {"TARGET", "/"}, {"DATE", now}};
            if (opens) data["OPENS"] = true;
            message.data = data.dump();
            EXPECT_EQ(queue_as(tx, now, message, topic), Queued::queued);
            return id;
        });
        db->write([&](storage::Tx& tx) {
            for (const char* basis : said) {
                const Consent one{customer, std::string(measuring), basis, "1", "preference_page", {}, now};
                note_consents(tx, {&one, 1});
            }
        });
        Sender sender;
        sender.from_email = "news@brand.example", sender.brand = "Brand", sender.operator_name = "Brand SE", sender.base_url = "https://r.example";
        jobs::Runner runner(*db, clock);
        Post post(*db, clock, *renderer, std::make_unique<Keeping>(letters), sender);
        post.handle(runner);
        runner.run_due();
        return letters[email];
    }
    ManualClock clock{now};
    std::unique_ptr<render::Renderer> renderer = render::Renderer::make();
    std::map<std::string, std::string> letters;
};

TEST_P(Pictures, EML_11_stand_in_no_letter_without_consent) {
    const auto no_picture = [&](const std::string& letter) { return letter.find("</html>") != std::string::npos && letter.find("<img") == std::string::npos && letter.find("/o/") == std::string::npos; };
    EXPECT_TRUE(no_picture(letter_to("never-asked@home.example", true, {})));
    EXPECT_TRUE(no_picture(letter_to("unwilling@home.example", true, {"no"})));
    EXPECT_TRUE(no_picture(letter_to("took-it-back@home.example", true, {"yes", "no"})));
    EXPECT_TRUE(no_picture(letter_to("not-by-this-campaign@home.example", false, {"yes"})));
    EXPECT_TRUE(no_picture(letter_to("no-way-out@home.example", true, {"yes"}, "service"))) << "a letter without a link to take it back";
    for (int turn = 0; turn < 3; ++turn) {  // the third is filled into a form
        const auto letter = letter_to("agreed" + std::to_string(turn) + "@home.example", true, {"yes"});
        EXPECT_NE(letter.find("<img src=3D\"https://r.example/o/"), std::string::npos);
        EXPECT_NE(letter.find("Zustimmung widerrufen</a>"), std::string::npos);
        EXPECT_EQ(letter.find("<img", letter.find("<img") + 1), std::string::npos) << "one picture";
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, Pictures, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::contact
