/// A page in one file: markup and style, no script, nothing fetched.
struct ReportPage {
    /// A part of the page with a heading of its own.
    struct Section {
        /// The name in addresses within the page.
        var anchor: String
        var title: String
        var body: Markup
    }

    var title: String
    /// What stands below the title: when and by what the page was made.
    var subtitle: String
    /// What a reader must know before anything else; empty for nothing.
    var notice: Markup = ""
    var sections: [Section] = []

    /// The whole page.
    ///
    /// The policy forbids scripts and anything fetched, should a value ever escape its place.
    var html: String {
        let links = sections.map { section -> Markup in
            "<a href=\"#\(section.anchor)\">\(section.title)</a>\n"
        }
        let bodies = sections.map { section -> Markup in
            """
            <section id="\(section.anchor)" aria-labelledby="\(section.anchor)-title">
            <h2 id="\(section.anchor)-title">\(section.title)</h2>
            \(section.body)
            </section>

            """
        }
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title)</title>
            <style>
            \(ReportStyle.sheet)</style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p class="subtitle">\(subtitle)</p>
            \(notice)
            </header>
            <nav aria-label="Contents">
            \(links)</nav>
            <main>
            \(bodies)</main>
            </body>
            </html>

            """
        return page.html
    }
}
