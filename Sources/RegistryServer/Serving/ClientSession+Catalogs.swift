import LineProtocol
import NetworkIO
import RegistryModel

/// Answers from the catalogs.
extension ClientSession {
    func answerEntry(
        _ question: EntryQuestion, _ ticket: Ticket, output: inout [UInt8]
    ) throws(RegistryError) {
        let entries = try loop.context.service.entries(question)
        record(.get)
        if entries.count == 1 {
            loop.writer.removeAll()
            entries[0].write(to: &loop.writer)
            return session.succeed(ticket, object: loop.writer.bytes, output: &output)
        }
        let body = ReadAnswer(.success(EntryPage(entries: entries, next: nil)))
        answer(body, ticket, output: &output)
    }

    /// Answers a search.
    func answerSearch(
        _ search: EntrySearch, _ ticket: Ticket, output: inout [UInt8]
    ) throws(RegistryError) {
        let page = try loop.context.service.find(search)
        record(.find)
        answer(ReadAnswer(.success(page)), ticket, output: &output)
    }

    private func answer(_ answer: ReadAnswer, _ ticket: Ticket, output: inout [UInt8]) {
        guard case .success(let body) = answer.reply else { return }
        session.succeed(
            ticket, count: body.count, fields: body.fields, body: body.lines, output: &output)
    }
}

extension ReadAnswer {
    /// The answer to `FIND`, and to a `GET` that several entries answer; it tells of no person.
    init(_ result: Result<EntryPage, RegistryError>) {
        self.init(
            result.map { page in
                var body = Body()
                for entry in page.entries { body.append { entry.write(to: &$0) } }
                if let next = page.next { body.fields.append(("next", next.description)) }
                return body
            }, of: [])
    }
}
