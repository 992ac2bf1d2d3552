/// The verbs of the line protocol.
package enum Verb: String, CaseIterable, Hashable, Sendable {
    case hello = "HELLO"
    case ping = "PING"
    case help = "HELP"
    case auth = "AUTH"
    case get = "GET"
    case find = "FIND"
    case xref = "XREF"
    case match = "MATCH"
    case put = "PUT"
    case retire = "RETIRE"
    case renumber = "RENUMBER"
    case merge = "MERGE"
    case unmerge = "UNMERGE"
    case link = "LINK"
    case unlink = "UNLINK"
    case split = "SPLIT"
    case distinct = "DISTINCT"
    case confirm = "CONFIRM"
    case accept = "ACCEPT"
    case restrict = "RESTRICT"
    case pin = "PIN"
    case unpin = "UNPIN"
    case undo = "UNDO"
    case queue = "QUEUE"
    case assign = "ASSIGN"
    case show = "SHOW"
    case compare = "COMPARE"
    case history = "HISTORY"
    case watch = "WATCH"
    case stats = "STATS"
    case quit = "QUIT"

    /// The verb that a word is, in any case.
    package init?(anyCase word: Span<UInt8>) {
        guard (1...8).contains(word.count) else { return nil }
        var packed: UInt64 = 0
        for index in word.indices {
            let byte = word[index]
            let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            packed = packed << 8 | UInt64(isLower ? byte - 32 : byte)
        }
        guard let index = Verb.packedNames.firstIndex(of: packed) else { return nil }
        self = Verb.allCases[index]
    }

    /// The names of `allCases`, up to eight letters as one number, the first letter uppermost.
    private static let packedNames = allCases.map { verb in
        verb.rawValue.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
}
