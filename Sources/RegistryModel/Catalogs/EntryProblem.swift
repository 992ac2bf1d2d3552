/// Why an entry is refused: closed, so that a report can count them.
package enum EntryProblem: Error, Hashable, Sendable {
    case missing(field: String)
    case unknownField(String)
    /// A value that the field's form does not take.
    case badValue(field: String, expected: String)
    /// A code or identifier that its authority's rule refuses.
    case badIdentifier(authority: String)
    case badCode
    case endsBeforeItBegins
    /// The same code in the same file with a period that it had already.
    case overlapping(line: Int)
    /// The same code twice, where no periods part them.
    case duplicate(line: Int)
    case unknownParent(String)
    /// The entry is among its own ancestors.
    case cycle(through: String)
    case wrongWidth(expected: Int, found: Int)
    /// A line that its format cannot read, for a reason in words.
    case unreadable(String)

    /// The same problem of a field that stands within another.
    func within(_ outer: String) -> EntryProblem {
        switch self {
        case .missing(let field): .missing(field: "\(outer).\(field)")
        case .unknownField(let field): .unknownField("\(outer).\(field)")
        case .badValue(let field, let expected):
            .badValue(field: "\(outer).\(field)", expected: expected)
        default: self
        }
    }

    /// A word for counting.
    package var category: String {
        switch self {
        case .missing: "missing-field"
        case .unknownField: "unknown-field"
        case .badValue: "bad-value"
        case .badIdentifier: "bad-identifier"
        case .badCode: "bad-code"
        case .endsBeforeItBegins: "bad-period"
        case .overlapping: "overlapping"
        case .duplicate: "duplicate"
        case .unknownParent: "unknown-parent"
        case .cycle: "cycle"
        case .wrongWidth: "wrong-width"
        case .unreadable: "unreadable"
        }
    }
}

extension EntryProblem: CustomStringConvertible {
    /// What is wrong, in one line.
    package var description: String {
        switch self {
        case .missing(let field): "'\(field)' is missing"
        case .unknownField(let name): "'\(name)' is no field of this registry"
        case .badValue(let field, let expected): "'\(field)' is not \(expected)"
        case .badIdentifier(let authority):
            "an identifier of \(authority) has another format or a wrong check digit"
        case .badCode: "the code is empty, too long or has another format than its authority's"
        case .endsBeforeItBegins: "its validity ends before it begins"
        case .overlapping(let line): "it is valid on days on which line \(line) already says it is"
        case .duplicate(let line): "line \(line) has the same code"
        case .unknownParent(let code): "its parent \(code) is neither in this file nor registered"
        case .cycle(let code): "it would be its own ancestor, through \(code)"
        case .wrongWidth(let expected, let found):
            "the line has \(found) columns, the table \(expected)"
        case .unreadable(let reason): reason
        }
    }
}
