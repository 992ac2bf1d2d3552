import RegistryModel
import Testing

/// An enterprise identifier survives its own text and no single typing error does.
///
/// Method: random identifiers; every substitution and neighbour transposition of some of them.
@Suite struct EnterpriseIdentifierTests {
    @Test func textReadsBack() {
        for _ in 0..<1_000 {
            let identifier = EnterpriseIdentifier.random()
            #expect(identifier.description.utf8.count == 14)
            #expect(EnterpriseIdentifier(identifier.description) == identifier)
            #expect(EnterpriseIdentifier(identifier.description.lowercased()) == identifier)
        }
    }

    @Test func everySingleErrorIsFound() {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for _ in 0..<20 {
            let characters = Array(EnterpriseIdentifier.random().description)
            for place in characters.indices {
                for other in alphabet where other != characters[place] {
                    var changed = characters
                    changed[place] = other
                    #expect(EnterpriseIdentifier(String(changed)) == nil)
                }
                if place > 0, characters[place] != characters[place - 1] {
                    var changed = characters
                    changed.swapAt(place, place - 1)
                    #expect(EnterpriseIdentifier(String(changed)) == nil)
                }
            }
        }
    }

    @Test func knownValue() {
        #expect(EnterpriseIdentifier(bits: 0).description == "00000000000001")
        #expect(EnterpriseIdentifier("00000000000001")?.bits == 0)
        #expect(EnterpriseIdentifier("0000000000001") == nil)
        #expect(EnterpriseIdentifier("") == nil)
    }
}
