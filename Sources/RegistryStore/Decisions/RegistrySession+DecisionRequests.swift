internal import PostgresClient
package import RegistryModel

/// A decision that a command handed to the writer.
package struct WaitingDecision: Hashable, Sendable {
    package var number: Int64
    /// Nil where its content is not what this program writes.
    package var request: DecisionRequest?
    /// Whether the command has given up on it by now.
    package var isExpired: Bool
}

// Decisions of commands, which the writer carries out in the order in which they came.
extension RegistrySession {
    /// Hands a decision to the writer, and answers its number.
    package mutating func addDecisionRequest(_ request: DecisionRequest) throws -> Int64 {
        let content = String(decoding: request.json, as: UTF8.self)
        return try connection.transaction { connection in
            let number = try connection.query(
                """
                INSERT INTO padron.decision_request (content) VALUES (\(content)) RETURNING request
                """
            ).single.int64(0)
            try connection.query("NOTIFY padron_work")
            return number
        }
    }

    /// The first decision that waits.
    package mutating func nextDecisionRequest() throws -> WaitingDecision? {
        let secondsMax = Double(StoreLimits.decisionWaitMillisecondsMax) / 1_000
        return try connection.query(
            """
            SELECT request, content, made_at < now() - make_interval(secs => \(secondsMax))
            FROM padron.decision_request WHERE state = 'waiting' ORDER BY request LIMIT 1
            """
        ).first.map { row in
            let content = try? JSONParser.parse(Array(try row.text(1).utf8))
            return WaitingDecision(
                number: try row.int64(0), request: content.flatMap { DecisionRequest(json: $0) },
                isExpired: try row.bool(2))
        }
    }

    /// Answers a decision that changes nothing: a preview, or one that was refused.
    package mutating func answerDecisionRequest(
        _ number: Int64, _ result: Result<DecisionOutcome, RegistryError>
    ) throws {
        try Self.answer(number, result, &connection)
    }

    /// Writes an answer; part of the writer's transaction where the decision was carried out.
    ///
    /// The values that a request to pin names are not kept beside it.
    static func answer(
        _ number: Int64, _ result: Result<DecisionOutcome, RegistryError>,
        _ connection: inout PostgresConnection
    ) throws {
        var writer = JSONWriter()
        let state: String
        switch result {
        case .success(let outcome):
            outcome.write(to: &writer)
            state = "done"
        case .failure(let error):
            writer.beginObject()
            writer.key("code")
            writer.string(error.code.rawValue)
            writer.key("message")
            writer.string(error.message)
            writer.endObject()
            state = "refused"
        }
        let answered = try connection.execute(
            """
            UPDATE padron.decision_request SET state = \(state), answer = \(writer.text),
                content = CASE WHEN content->>'kind' = 'pin' THEN (content::jsonb - 'values')::json
                    ELSE content END
            WHERE request = \(number) AND state = 'waiting'
            """)
        guard answered == 1 else { throw StoreError.notFound("decision request that waits") }
    }

    /// The answer to a decision; nil while it waits.
    package mutating func decisionAnswer(
        _ number: Int64
    ) throws -> Result<DecisionOutcome, RegistryError>? {
        let row = try connection.query(
            "SELECT state, answer FROM padron.decision_request WHERE request = \(number)"
        ).single
        guard let answer = try row.optionalText(1) else { return nil }
        let json = try? JSONParser.parse(Array(answer.utf8))
        if try row.text(0) == "done", let outcome = json.flatMap({ DecisionOutcome(json: $0) }) {
            return .success(outcome)
        }
        guard let code = json?["code"]?.string.flatMap(RegistryErrorCode.init(rawValue:)),
            let message = json?["message"]?.string
        else { throw StoreError.damaged("a decision's answer of an unknown form") }
        return .failure(RegistryError(code, message))
    }

    /// Takes a decision back that nobody has begun; false where it was answered meanwhile.
    package mutating func withdrawDecisionRequest(_ number: Int64) throws -> Bool {
        try connection.execute(
            """
            DELETE FROM padron.decision_request WHERE request = \(number) AND state = 'waiting'
            """) == 1
    }
}
