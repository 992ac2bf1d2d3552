/// A system or a person that may ask the node.
package struct Client: Hashable, Sendable {
    package var name: String
    package var role: Role
    /// The sources a feeder may speak for; empty for any other role.
    package var sources: Set<String>
    /// Salt and digest of its access token; the token itself is kept nowhere.
    package var tokenSalt: [UInt8]
    package var tokenDigest: [UInt8]
    package var isRevoked: Bool

    /// Creates a client as stored.
    package init(
        name: String, role: Role, sources: Set<String>, tokenSalt: [UInt8], tokenDigest: [UInt8],
        isRevoked: Bool = false
    ) {
        self.name = name
        self.role = role
        self.sources = sources
        self.tokenSalt = tokenSalt
        self.tokenDigest = tokenDigest
        self.isRevoked = isRevoked
    }
}
