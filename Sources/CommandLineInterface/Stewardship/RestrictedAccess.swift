import RegistryModel

/// What a command shows of restricted persons: that there are such, unless who runs it says that it is
/// an emergency.
///
/// The same rule as the server's: `purpose=emergency` opens them, and the journal tells it.
struct RestrictedAccess {
    static let option = OptionSpecification.value(
        "--purpose", "CODE", "why; 'emergency' opens restricted persons, and is audited")

    static let refusal =
        "the person is restricted; --purpose emergency opens it, and the auditor is told"

    /// Whether restricted persons are shown.
    let opens: Bool
    private let audit: CommandAudit?

    /// What the arguments ask for.
    init(_ arguments: ParsedArguments, _ context: CommandContext) throws(UsageError) {
        let purpose = arguments.value("--purpose") ?? ""
        guard purpose.isEmpty || AccessPurpose.isCode(purpose) else {
            throw UsageError(
                "--purpose is at most \(AccessPurpose.bytesMax) lower-case letters, digits and hyphens"
            )
        }
        opens = purpose == AccessPurpose.emergency
        audit = context.audit
    }

    /// Has the journal tell that all restricted persons are about to be shown.
    func openAll() throws { try audit?.tell([], .opened) }

    /// Has the journal tell whose data is about to be shown; whether values may be.
    func mayShow(_ persons: [EnterpriseIdentifier], isRestricted: Bool) throws -> Bool {
        let outcome: RestrictedOutcome? = isRestricted ? opens ? .opened : .masked : nil
        try audit?.tell(persons, outcome)
        return opens || !isRestricted
    }
}
