import Identity
import LineProtocol
import RegistryModel

extension ReadAnswer {
    /// The answer to `GET provider`; who may not see a restricted one learns that there is one.
    init(_ result: Result<ProviderAnswer, RegistryError>, mayOpenRestricted: Bool) {
        let person = (try? result.get())?.person
        self.init(
            result.map { answer in
                var body = Body()
                body.append { answer.write(to: &$0, isMasked: !mayOpenRestricted) }
                return body
            }, of: person.map { [$0.enterpriseIdentifier] } ?? [])
        if person?.isRestricted == true { note(mayOpenRestricted ? .opened : .masked) }
    }

    /// The answer to `GET coverage`: whether somebody is insured, then what each insurer says.
    init(_ result: Result<CoverageAnswer, RegistryError>, mayOpenRestricted: Bool) {
        let found = try? result.get()
        let persons = found?.eligibility.person.map { [$0] } ?? []
        if found?.isRestricted == true, !mayOpenRestricted {
            self.init(ClientSession.restricted, of: persons)
            return
        }
        self.init(
            result.map { answer in
                var body = Body()
                body.append { answer.eligibility.write(to: &$0) }
                for statement in answer.eligibility.statements {
                    body.append { statement.write(to: &$0, on: answer.eligibility.day) }
                }
                return body
            }, of: persons)
        if found?.isRestricted == true { note(.opened) }
    }
}

extension ClientSession {
    /// Asks for a provider.
    func askProvider(_ selector: PatientSelector, _ day: Int32?, _ ticket: Ticket) {
        let read = openRead(.get, ticket)
        let mayOpen = mayOpenRestricted
        loop.context.service.provider(selector, on: day) {
            read.answer(ReadAnswer($0, mayOpenRestricted: mayOpen))
        }
    }

    /// Asks whether somebody is insured.
    func askCoverage(_ identifier: LocalIdentifier, _ day: Int32?, _ ticket: Ticket) {
        let read = openRead(.get, ticket)
        let mayOpen = mayOpenRestricted
        loop.context.service.coverage(of: identifier, on: day) {
            read.answer(ReadAnswer($0, mayOpenRestricted: mayOpen))
        }
    }
}
