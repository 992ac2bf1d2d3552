import Testing

@testable import CommandLineInterface

/// Nothing that a record holds can be anything but text on a page.
///
/// Method: literal expectations for hostile values, in content and in attributes.
@Suite struct MarkupTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onmouseover=\"x", "&quot; onmouseover=&quot;x"),
        ("O'Higgins & Cía", "O&#39;Higgins &amp; Cía"),
        ("abc\u{202E}txt", "abc⟨U+202E⟩txt"),
        ("a\u{0}b\u{1B}[2J", "a⟨U+0000⟩b⟨U+001B⟩[2J"),
        ("\u{2066}x\u{2069}\u{FEFF}", "⟨U+2066⟩x⟨U+2069⟩⟨U+FEFF⟩"),
        ("two\nlines", "two⟨U+000A⟩lines"),
        ("علی\u{200C}رضا", "علی\u{200C}رضا"),
        ("José Ñuñez 李", "José Ñuñez 李"),
    ])
    func valuesAreText(value: String, expected: String) {
        let content: Markup = "<p>\(value)</p>"
        #expect(content.html == "<p>\(expected)</p>")
        let attribute: Markup = "<p title=\"\(value)\">"
        #expect(attribute.html == "<p title=\"\(expected)\">")
    }

    @Test func longValuesAreCut() {
        let long: Markup = "\(String(repeating: "é", count: 10_000))"
        #expect(long.html.count == VisibleText.charactersMax + 1)
        let accents: Markup = "\("e" + String(repeating: "\u{301}", count: 10_000))"
        #expect(accents.html.unicodeScalars.count < 500)
    }

    @Test func markupIsTakenAsItIs() {
        let inner: Markup = "<b>\("<")</b>"
        let outer: Markup = "<p>\(inner)\([inner, inner])\(7)</p>"
        #expect(outer.html == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>7</p>")
    }

    @Test func pagesForbidScripts() {
        let page = ReportPage(
            title: "</title><script>", subtitle: "now",
            sections: [ReportPage.Section(anchor: "a", title: "<img>", body: "<p>body</p>")])
        #expect(page.html.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"))
        #expect(page.html.contains("default-src 'none'"))
        #expect(!page.html.contains("<script"))
        #expect(!page.html.contains("<img>"))
        #expect(!page.html.contains("http://"))
        #expect(!page.html.contains("https://"))
    }
}
