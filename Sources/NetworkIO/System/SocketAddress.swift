import Glibc

/// An IPv4 or IPv6 address with its port.
@safe package struct SocketAddress: Sendable {
    private var storage: sockaddr_storage
    private var length: socklen_t

    init(storage: sockaddr_storage, length: socklen_t) {
        self.storage = storage
        self.length = length
    }

    /// The address that a numeric text names, for example `127.0.0.1` or `::1`.
    package init(numeric host: String, port: UInt16) throws(NetworkError) {
        let all = try SocketAddress.resolve(host, port: port, flags: AI_NUMERICHOST)
        self = all[0]
    }

    /// All addresses of a host's name or numeric text, at least one.
    package static func resolve(
        host: String, port: UInt16
    ) throws(NetworkError) -> [SocketAddress] {
        try resolve(host, port: port, flags: 0)
    }

    private static func resolve(
        _ host: String, port: UInt16, flags: Int32
    ) throws(NetworkError) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = flags | AI_NUMERICSERV
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else {
            throw .unknownAddress(host)
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            var storage = sockaddr_storage()
            let length = unsafe entry.pointee.ai_addrlen
            if let source = unsafe entry.pointee.ai_addr,
                Int(length) <= MemoryLayout<sockaddr_storage>.size
            {
                unsafe withUnsafeMutableBytes(of: &storage) {
                    unsafe $0.copyMemory(
                        from: UnsafeRawBufferPointer(start: source, count: Int(length)))
                }
                addresses.append(SocketAddress(storage: storage, length: length))
            }
            unsafe next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw .unknownAddress(host) }
        return addresses
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// The port.
    package var port: UInt16 {
        // Both families hold the port, in network order, right behind the family.
        unsafe withUnsafeBytes(of: storage) {
            UInt16(bigEndian: unsafe $0.load(fromByteOffset: 2, as: UInt16.self))
        }
    }

    /// Whether the address reaches this machine alone.
    package var isLoopback: Bool {
        unsafe withUnsafeBytes(of: storage) { bytes in
            if family == AF_INET { return unsafe bytes[4] == 127 }
            let address = unsafe bytes[8..<24]
            let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127]
            return unsafe address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
                || address.starts(with: mapped)
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, length)
            }
        }
    }
}

extension SocketAddress: CustomStringConvertible {
    /// Host and port, an IPv6 host in brackets.
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let count = socklen_t(text.count)
        let status = unsafe withPointer { pointer, length in
            unsafe getnameinfo(pointer, length, &text, count, nil, 0, NI_NUMERICHOST)
        }
        let host =
            status == 0
            ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            : "?"
        return family == AF_INET6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
