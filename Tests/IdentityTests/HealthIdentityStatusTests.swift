import Identity
import Testing

/// The four statuses of a French identity follow from two answers, and one of them alone carries the
/// matricule.
///
/// Method: the table of the national reference (RNIV, EXI SI 07 to 09) literally, all combinations.
@Suite struct HealthIdentityStatusTests {
    @Test(arguments: [
        (false, false, HealthIdentityStatus.provisional, "PROV", false),
        (true, false, .retrieved, "RECUP", false), (false, true, .validated, "VALI", false),
        (true, true, .qualified, "QUAL", true),
    ])
    func twoAnswersMakeAStatus(
        isRetrieved: Bool, isChecked: Bool, status: HealthIdentityStatus, code: String,
        carries: Bool
    ) {
        let made = HealthIdentityStatus(isRetrieved: isRetrieved, isDocumentChecked: isChecked)
        #expect(made == status)
        #expect(made.isRetrieved == isRetrieved && made.isDocumentChecked == isChecked)
        #expect(made.code == code)
        #expect(HealthIdentityStatus(code: code.lowercased()) == status)
        #expect(made.mayCarryMatricule == carries)
    }

    @Test func attributesLeaveAProvisionalIdentity() {
        for status in HealthIdentityStatus.allCases {
            #expect(status.with([]) == status)
            for attribute in HealthIdentityStatus.Attribute.allCases {
                #expect(status.with([attribute]) == .provisional)
                #expect(!HealthIdentityStatus.mayBeRetrieved(with: [attribute]))
            }
            #expect(status.with([.doubtful, .fictitious]) == nil)
        }
        #expect(HealthIdentityStatus.mayBeRetrieved(with: []))
    }

    @Test func messagesCallAQualifiedIdentityValidated() {
        #expect(HealthIdentityStatus(messageCode: "VALI", hasMatricule: true) == .qualified)
        #expect(HealthIdentityStatus(messageCode: "VALI", hasMatricule: false) == .validated)
        #expect(HealthIdentityStatus(messageCode: "PROV", hasMatricule: true) == .provisional)
        #expect(HealthIdentityStatus(messageCode: "DOUA", hasMatricule: false) == nil)
        #expect(HealthIdentityStatus(code: "") == nil)
    }

    @Test func testNumbersAreOfTestAuthorities() {
        let tests = AssigningAuthority.shipped.filter(\.isTest).map(\.code)
        #expect(tests == ["fr-ins-nir-test", "fr-ins-nir-demo"])
    }
}
