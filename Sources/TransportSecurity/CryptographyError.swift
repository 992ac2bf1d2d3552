internal import COpenSSL

/// OpenSSL could not do what was asked; nothing of the input is in the error.
package enum CryptographyError: Error, Equatable, CustomStringConvertible {
    /// SHA-256 is not to be had, or memory ran out.
    case digestFailed
    /// HMAC-SHA-256 is not to be had, or memory ran out.
    case authenticationFailed
    /// The random generator has no entropy.
    case randomSourceFailed

    package var description: String {
        switch self {
        case .digestFailed: "could not compute a SHA-256 digest; check the OpenSSL installation"
        case .authenticationFailed:
            "could not compute an HMAC-SHA-256 code; check the OpenSSL installation"
        case .randomSourceFailed:
            "could not draw secure random bytes; check that the system has entropy"
        }
    }

    /// Throws this error unless OpenSSL reported success, and leaves its error queue empty.
    static func check(_ status: Int32, _ error: CryptographyError) throws(CryptographyError) {
        guard status == 1 else {
            ERR_clear_error()
            throw error
        }
    }
}
