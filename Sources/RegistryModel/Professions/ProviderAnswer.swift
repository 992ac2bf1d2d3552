/// A provider as released to a client: who that is, and what registers of the professions say.
package struct ProviderAnswer: Sendable {
    package var person: PatientAnswer
    package var profile: ProviderProfile

    /// Creates an answer.
    package init(person: PatientAnswer, profile: ProviderProfile) {
        self.person = person
        self.profile = profile
    }

    /// Writes the provider object of the line protocol; who may not see a restricted person learns that there
    /// is one, and nothing of the professions either.
    package func write(to writer: inout JSONWriter, isMasked: Bool = false) {
        let isHidden = isMasked && person.isRestricted
        (isHidden ? person.masked : person).write(to: &writer) { writer in
            if !isHidden { profile.writeMembers(to: &writer) }
        }
    }
}
