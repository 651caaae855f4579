#include <gtest/gtest.h>

#include "engine/http/http.h"
#include "engine/http/percent.h"

namespace verbatim::http {
namespace {

Request form_request(std::string type, std::string body) {
    Request request;
    request.fields.push_back({"content-type", std::move(type)});
    request.body = std::move(body);
    return request;
}
Request urlencoded(std::string body) { return form_request("application/x-www-form-urlencoded; charset=UTF-8", std::move(body)); }
Request multipart(std::string body) { return form_request("multipart/form-data; boundary=\"B-1\"", std::move(body)); }
std::string code_of(const Result<Form>& form) { return form.ok() ? "ok" : form.error().code; }

TEST(Form, urlencoded_values_in_order) {
    const auto form = Form::parse(urlencoded("a=1&b=J%C3%BCrgen+K&a=2&flag&=x&&"));
    ASSERT_TRUE(form.ok());
    EXPECT_EQ(form->get("a"), "1");
    EXPECT_EQ(form->get("b"), "Jürgen K");
    EXPECT_TRUE(form->has("flag"));
    EXPECT_FALSE(form->has("c"));
    EXPECT_EQ(form->values.size(), 5u);
    EXPECT_EQ(form->values[2].second, "2");
}

TEST(Form, malformed_input_is_an_error_with_a_code) {
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=%C3"))), "form_utf8");
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=%ED%A0%80"))), "form_utf8");  // a surrogate
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=%C0%AF"))), "form_utf8");     // overlong
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=b%00c"))), "form_utf8");
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=\xff"))), "form_utf8");
    EXPECT_EQ(Form::parse(urlencoded("name=%FF")).error().field, "name");
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=%4"))), "form_encoding");
    EXPECT_EQ(code_of(Form::parse(urlencoded("a=%zz"))), "form_encoding");
    EXPECT_EQ(code_of(Form::parse(form_request("text/plain", "a=b"))), "form_type");
    EXPECT_EQ(code_of(Form::parse(form_request("", ""))), "ok");
}

TEST(Form, at_most_1000_fields) {
    std::string body;
    for (int i = 0; i < 1000; ++i) body += "a=b&";
    EXPECT_EQ(code_of(Form::parse(urlencoded(body))), "ok");
    EXPECT_EQ(code_of(Form::parse(urlencoded(body + "a=b"))), "form_fields");
    std::string parts;
    for (int i = 0; i < 1001; ++i) parts += "--B-1\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n";
    EXPECT_EQ(code_of(Form::parse(multipart(parts + "--B-1--\r\n"))), "form_fields");
}

TEST(Form, multipart_values_and_uploads) {
    const std::string bytes("\xff\xd8\0\r\n--B-\r\n", 11);
    const auto form = Form::parse(multipart("preamble\r\n--B-1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nfirst\r\nsecond\r\n"
                                            "--B-1\r\ncontent-disposition: form-data; name=\"pic%22ture\"; filename=\"C:\\x\\\"y\\\".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" +
                                            bytes + "\r\n--B-1\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--B-1--\r\nepilogue"));
    ASSERT_TRUE(form.ok()) << form.error().message;
    EXPECT_EQ(form->get("a"), "first\r\nsecond");
    EXPECT_TRUE(form->has("empty"));
    EXPECT_EQ(form->get("empty"), "");
    ASSERT_EQ(form->uploads.size(), 1u);
    EXPECT_EQ(form->uploads[0].first, "pic\"ture");
    EXPECT_EQ(form->uploads[0].second.file_name, "C:\\x\"y\".jpg");
    EXPECT_EQ(form->uploads[0].second.content_type, "image/jpeg");
    EXPECT_EQ(form->uploads[0].second.bytes, bytes);
}

TEST(Form, EML_3_one_click_unsubscribe_in_both_encodings) {
    EXPECT_EQ(Form::parse(urlencoded("List-Unsubscribe=One-Click"))->get("List-Unsubscribe"), "One-Click");
    EXPECT_EQ(Form::parse(multipart("--B-1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--B-1--\r\n"))->get("List-Unsubscribe"), "One-Click");
}

TEST(Form, malformed_multipart_is_refused) {
    for (const std::string body : {
             "", "--B-1", "--B-1\r\n", "--B-1--", "--B-2\r\n\r\n", "--B-1\r\n\r\nx\r\n--B-1--",
             "--B-1\r\nContent-Disposition: form-data; name=a\r\n\r\nb", "--B-1\r\nContent-Disposition: form-data; name=a\r\nb\r\n--B-1--",
             "--B-1\r\nContent-Disposition: attachment; name=a\r\n\r\nb\r\n--B-1--", "--B-1\r\nContent-Disposition: form-data\r\n\r\nb\r\n--B-1--",
             "--B-1\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--B-1--", "--B-1\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nb\r\n--B-1--",
             "--B-1X\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--B-1--",
             "--B-1\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nYg==\r\n--B-1--"})
        EXPECT_EQ(code_of(Form::parse(multipart(body))), body == "--B-1--" ? "ok" : "form_multipart") << body;
    EXPECT_EQ(code_of(Form::parse(form_request("multipart/form-data", "--B"))), "form_multipart");
    EXPECT_EQ(code_of(Form::parse(form_request("multipart/form-data; boundary=" + std::string(71, 'b'), "--B"))), "form_multipart");
    EXPECT_EQ(code_of(Form::parse(multipart("--B-1\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--B-1--"))), "form_utf8");
}

TEST(Form, a_query_is_read_leniently) {
    const auto form = Form::parse_query("page=2&sort=new%20est&bad=%ff&odd=100%&x");
    EXPECT_EQ(form.get("page"), "2");
    EXPECT_EQ(form.get("sort"), "new est");
    EXPECT_FALSE(form.has("bad"));
    EXPECT_EQ(form.get("odd"), "100%");
    EXPECT_TRUE(form.has("x"));
}

TEST(Path, is_decoded_once_or_refused) {
    EXPECT_EQ(decode_path("/a%20b/%C3%A9"), "/a b/é");
    EXPECT_EQ(decode_path("/%252e"), "/%2e");
    EXPECT_EQ(decode_path("/a/...").has_value(), true);
    for (const char* bad : {"", "a", "/%", "/%4", "/%zz", "/%00", "/a%0d%0ab", "/%7f", "/%ff", "/./a", "/a/..", "/a/%2e%2E/b", "/a%2fb", "/a%5cb", "/a\\b", "/%c0%ae"})
        EXPECT_FALSE(decode_path(bad).has_value()) << bad;
}

// A view of it would outlive the form.
static_assert(std::is_same_v<decltype(Form::parse_query("").get("a")), std::string>);

}  // namespace
}  // namespace verbatim::http
