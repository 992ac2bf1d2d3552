import Identity
import RegistryModel

extension HistoryQuestion {
    /// The question that a checked `HISTORY` or `SHOW` asks.
    init(_ request: Request) throws(RegistryError) {
        var time: KnownTime? = request.verb == .show ? .now : nil
        if let text = request.value(of: "as_of") {
            time = KnownTime(text)
            guard time != nil else {
                throw RegistryError(
                    .badRequest,
                    "as_of is a day as YYYY-MM-DD, a time as YYYY-MM-DDTHH:MM:SSZ, EPOCH:SEQ or now"
                )
            }
        }
        var after: Int64 = 0
        if request.value(of: "after") != nil {
            after = try request.position(of: "after").sequence
        }
        self.init(
            try request.subject(at: 0), asOf: time, limit: try request.pageLimit(), after: after)
    }
}

extension FeedQuestion {
    /// The question that a checked `WATCH` asks.
    init(_ request: Request) throws(RegistryError) {
        var seconds = 0
        if let text = request.value(of: "wait") {
            guard let number = Int(text), (0...ProtocolLimits.watchSecondsMax).contains(number)
            else {
                throw RegistryError(
                    .badRequest,
                    "wait is a number of seconds from 0 to \(ProtocolLimits.watchSecondsMax)")
            }
            seconds = number
        }
        self.init(
            since: try request.position(of: "since"), limit: try request.pageLimit(),
            waitSeconds: seconds)
    }
}

extension Request {
    func pageLimit() throws(RegistryError) -> Int {
        guard let text = value(of: "limit") else { return ProtocolLimits.pageLimitDefault }
        guard let number = Int(text), (1...ProtocolLimits.pageLimitMax).contains(number) else {
            throw RegistryError(
                .badRequest, "limit is a number from 1 to \(ProtocolLimits.pageLimitMax)")
        }
        return number
    }

    fileprivate func position(of key: String) throws(RegistryError) -> LogPosition {
        guard let position = LogPosition(value(of: key) ?? "") else {
            throw RegistryError(.badRequest, "\(key) is written EPOCH:SEQ")
        }
        return position
    }
}
