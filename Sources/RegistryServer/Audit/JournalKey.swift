import Glibc
import TransportSecurity

/// The key of an audit journal, 32 random bytes as hexadecimal digits in a file of its own.
enum JournalKey {
    private static let byteCount = 32

    /// Reads the key; nil where its file does not exist.
    static func read(_ path: String) throws(AuditJournalError) -> [UInt8]? {
        guard JournalFile.exists(path) else { return nil }
        let file = try JournalFile(path: path, flags: O_RDONLY)
        var digits = try file.contents()
        while digits.last == UInt8(ascii: "\n") { digits.removeLast() }
        guard digits.count == 2 * byteCount else { throw .keyInvalid(path: path) }
        var key: [UInt8] = []
        for index in 0..<byteCount {
            let text = String(decoding: digits[2 * index..<2 * index + 2], as: UTF8.self)
            guard let byte = UInt8(text, radix: 16) else { throw .keyInvalid(path: path) }
            key.append(byte)
        }
        return key
    }

    /// Makes a key and its file, which must not exist.
    static func make(_ path: String) throws(AuditJournalError) -> [UInt8] {
        let key: [UInt8]
        do throws(CryptographyError) {
            key = try SecureRandom.bytes(byteCount)
        } catch {
            throw .cryptography(error.description)
        }
        let file = try JournalFile(path: path, flags: O_WRONLY | O_CREAT | O_EXCL)
        let alphabet = Array("0123456789abcdef".utf8)
        var digits: [UInt8] = []
        for byte in key { digits += [alphabet[Int(byte >> 4)], alphabet[Int(byte & 15)]] }
        try file.write(digits + [UInt8(ascii: "\n")], at: 0)
        try file.sync()
        return key
    }
}
