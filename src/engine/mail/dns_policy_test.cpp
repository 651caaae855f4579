#include "engine/mail/dns_policy.h"

#include <gmock/gmock.h>

#include <map>

namespace verbatim::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Records = std::vector<std::string>;

TEST(DnsPolicy, EML_5_spf_is_one_record_that_ends) {
    EXPECT_EQ(read_spf(Records{"v=spf1 ip4:203.0.113.7 -all", "google-site-verification=x"}).all, "-all");
    EXPECT_EQ(read_spf(Records{"V=SPF1 include:a.example ~ALL"}).all, "~all");
    EXPECT_EQ(read_spf(Records{"v=spf1 all"}).all, "+all");
    EXPECT_EQ(read_spf(Records{"v=spf1 mx"}).all, "");
    EXPECT_TRUE(read_spf(Records{"v=spf1 redirect=a.example"}).redirected);
    EXPECT_EQ(read_spf(Records{"v=spf1 -all", "v=spf1 ~all"}).records, 2);
    EXPECT_EQ(read_spf(Records{"v=spf10 -all", "x"}).records, 0);
}

TEST(DnsPolicy, EML_5_dkim_keys_are_there_revoked_or_in_test) {
    EXPECT_EQ(read_dkim_record(Records{"v=DKIM1; k=rsa; p=MII BIj\tAN"}).key, "MIIBIjAN");
    EXPECT_TRUE(read_dkim_record(Records{"p=abc"}).there) << "v= may be left out (RFC 6376 section 3.6.1)";
    EXPECT_TRUE(read_dkim_record(Records{"v=DKIM1; p="}).revoked);
    EXPECT_TRUE(read_dkim_record(Records{"v=DKIM1; t=y:s; p=abc"}).testing);
    EXPECT_FALSE(read_dkim_record(Records{"v=DKIM2; p=abc", "v=spf1 -all"}).there);
}

TEST(DnsPolicy, EML_5_dmarc_as_rfc_9989_reads_it) {
    const auto policy = read_dmarc(Records{"v=DMARC1; p=Quarantine; adkim=s; pct=50; ri=86400; rua=mailto:d@example.com"});
    EXPECT_EQ(policy.policy, "quarantine");
    EXPECT_TRUE(policy.strict_dkim);
    EXPECT_FALSE(policy.strict_spf);
    EXPECT_TRUE(policy.reports);
    EXPECT_THAT(policy.removed, ElementsAre("pct", "ri"));
    EXPECT_EQ(read_dmarc(Records{"p=none; v=DMARC1"}).records, 0) << "v= comes first";
    EXPECT_EQ(read_dmarc(Records{"v=DMARC1; p=all"}).policy, "");
}

TEST(DnsPolicy, EML_5_alignment) {
    EXPECT_TRUE(aligned("brand.example", "BRAND.example", true));
    EXPECT_TRUE(aligned("brand.example", "bounce.brand.example", false));
    EXPECT_FALSE(aligned("brand.example", "bounce.brand.example", true));
    EXPECT_FALSE(aligned("brand.example", "notbrand.example", false));
    EXPECT_FALSE(aligned("brand.example", "example", false));
    EXPECT_FALSE(aligned("", "", false));
}

TEST(DnsPolicy, EML_5_a_whole_set_up_is_good_and_each_fault_is_named) {
    std::map<std::string, Records> zone{{"_dmarc.brand.example", {"v=DMARC1; p=none; rua=mailto:d@brand.example"}}, {"bounce.brand.example", {"v=spf1 ip4:203.0.113.7 -all"}}, {"v1._domainkey.brand.example", {"v=DKIM1; p=abc"}}};
    const auto check = [&](const SendingSetUp& set_up) {
        std::string faults;
        for (const auto& one : check_sending(set_up, [&](const std::string& name) -> std::optional<Records> { return name.starts_with("silent") ? std::nullopt : std::optional(zone[name]); }))
            if (!one.good) faults += one.what + "\n";
        return faults;
    };
    const SendingSetUp good{"brand.example", "bounce.brand.example", {{"v1", "brand.example"}}};
    EXPECT_EQ(check(good), "");
    EXPECT_THAT(check({"brand.example", "", {}}), HasSubstr("brand.example: no SPF record\nno DKIM key signs"));
    EXPECT_THAT(check({"brand.example", "other.example", {{"v1", "brand.example"}}}), HasSubstr("other.example does not fit"));
    EXPECT_THAT(check({"brand.example", "silent.brand.example", {{"v2", "brand.example"}}}), HasSubstr("the DNS did not answer"));
    EXPECT_THAT(check({"brand.example", "bounce.brand.example", {{"v2", "brand.example"}}}), HasSubstr("v2._domainkey.brand.example: no DKIM key"));
    zone["_dmarc.brand.example"] = {"v=DMARC1; p=reject; aspf=s"};
    EXPECT_THAT(check(good), HasSubstr("bounce.brand.example does not fit"));
    zone["_dmarc.brand.example"].push_back("v=DMARC1; p=none");
    EXPECT_THAT(check(good), HasSubstr("several DMARC records"));
    zone["bounce.brand.example"] = {"v=spf1 +all"};
    EXPECT_THAT(check(good), HasSubstr("anybody may send"));
}

}  // namespace
}  // namespace verbatim::mail
