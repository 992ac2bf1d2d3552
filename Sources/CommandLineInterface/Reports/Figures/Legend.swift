/// Entries of a figure's legend.
enum Legend {
    /// A filled square and what it stands for.
    static func swatch(_ kind: Markup, _ name: String) -> Markup {
        """
        <span><svg width="11" height="11" aria-hidden="true">\
        <rect class="\(kind)" width="11" height="11" rx="2"/></svg>\(name)</span>
        """
    }

    /// A stroke and what it stands for.
    static func stroke(_ kind: Markup, _ name: String) -> Markup {
        """
        <span><svg width="24" height="10" aria-hidden="true">\
        <line class="line \(kind)" x1="0" x2="24" y1="5" y2="5"/></svg>\(name)</span>
        """
    }
}
