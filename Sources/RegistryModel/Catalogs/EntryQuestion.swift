/// A look-up of one code or identifier: `GET facility cl-deis:101100 at=2024-03-01`.
package struct EntryQuestion: Hashable, Sendable {
    package var kind: CatalogKind
    /// A catalog's authority and code, or a further identifier and who gave it.
    package var reference: EntryReference
    /// The day on which the answer must be valid, in days since 1970-01-01; nil for today.
    package var day: Int32?

    /// Creates a question.
    package init(_ kind: CatalogKind, _ reference: EntryReference, day: Int32? = nil) {
        self.kind = kind
        self.reference = reference
        self.day = day
    }
}

/// An entry that answers a question.
package struct FoundEntry: Hashable, Sendable {
    package var catalog: CatalogKey
    package var code: String
    package var period: EntryPeriod
    /// The content as its catalog's release has it, a JSON object.
    package var contentJSON: [UInt8]
    /// How far it is from the point that was asked for; nil where none was.
    package var kilometres: Double?

    /// Creates an entry.
    package init(
        catalog: CatalogKey, code: String, period: EntryPeriod, contentJSON: [UInt8],
        kilometres: Double? = nil
    ) {
        self.catalog = catalog
        self.code = code
        self.period = period
        self.contentJSON = contentJSON
        self.kilometres = kilometres
    }

    /// Writes the entry as the object of the line protocol: where it stands, then its content.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("catalog")
        writer.string(catalog.authority)
        writer.key("code")
        writer.string(code)
        if let from = period.from {
            writer.key("valid_from")
            writer.string(EntryPeriod.text(from))
        }
        if let through = period.through {
            writer.key("valid_to")
            writer.string(EntryPeriod.text(through))
        }
        if let kilometres {
            writer.key("kilometres")
            writer.decimal(kilometres, places: 3)
        }
        writer.members(ofObject: contentJSON)
        writer.endObject()
    }
}

/// A part of the answer to a search.
package struct EntryPage: Hashable, Sendable {
    package var entries: [FoundEntry]
    /// Behind which the next part begins; nil where this is the last one.
    package var next: SearchPlace?

    /// Creates a part.
    package init(entries: [FoundEntry], next: SearchPlace?) {
        self.entries = entries
        self.next = next
    }
}

/// The place of an entry in the order of an answer: how well it fits or how far it is, then its name.
///
/// It is written `RANK:AUTHORITY:CODE`; who pages sends the last one back.
package struct SearchPlace: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Lower is better: what the text lacks, or the distance in metres.
    package var rank: Double
    package var authority: String
    package var code: String

    /// Creates a place.
    package init(rank: Double, authority: String, code: String) {
        self.rank = rank
        self.authority = authority
        self.code = code
    }

    /// The place of a text; nil for other texts.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let rank = Double(text[..<colon]),
            rank.isFinite, rank >= 0,
            let entry = EntryReference(String(text[text.index(after: colon)...]))
        else { return nil }
        self.init(rank: rank, authority: entry.authority, code: entry.code)
    }

    package var description: String {
        let whole = Int64(exactly: rank).map(String.init)
        return "\(whole ?? "\(rank)"):\(authority):\(code)"
    }

    package static func < (left: SearchPlace, right: SearchPlace) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        if left.authority != right.authority {
            return left.authority.utf8.lexicographicallyPrecedes(right.authority.utf8)
        }
        return left.code.utf8.lexicographicallyPrecedes(right.code.utf8)
    }
}
