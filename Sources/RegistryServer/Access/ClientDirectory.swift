import RegistryModel
import Synchronization
import TransportSecurity

/// The clients that may ask, as the server last heard of them; shared by all loops.
final class ClientDirectory: Sendable {
    private struct Entry {
        var client: Client
        var digest: AccessTokenDigest
    }

    private struct State {
        var clients: [Client] = []
        var entries: [Entry] = []
        /// Rises with every change.
        var generation: UInt64 = 0
    }

    private let service: any PatientService
    private let state = Mutex(State())

    init(_ service: any PatientService) {
        self.service = service
        refresh()
    }

    /// Rises whenever a client was added, changed or revoked.
    var generation: UInt64 { state.withLock { $0.generation } }

    /// Asks the node anew.
    func refresh() {
        let clients = service.clients()
        state.withLock { state in
            guard clients != state.clients else { return }
            state.clients = clients
            state.generation += 1
            state.entries = clients.filter { !$0.isRevoked }.compactMap { client in
                let bytes = client.tokenSalt + client.tokenDigest
                return AccessTokenDigest(bytes: bytes.span).map {
                    Entry(client: client, digest: $0)
                }
            }
        }
    }

    /// The client whose token this is; nil where there is none.
    ///
    /// Every client is tried, whichever matches, so that the time tells nothing of the place.
    func client(withToken text: String) -> Client? {
        guard let token = try? AccessToken(parsing: text) else { return nil }
        return search(token) ?? searchAfterRefresh(token)
    }

    /// What has become of a client that has shown its token before; nil where its access has ended.
    func current(_ client: Client) -> Client? {
        state.withLock { state in
            state.entries.first { entry in
                entry.client.name == client.name && entry.client.tokenSalt == client.tokenSalt
                    && entry.client.tokenDigest == client.tokenDigest
            }?.client
        }
    }

    /// A client may have been added a moment ago.
    private func searchAfterRefresh(_ token: AccessToken) -> Client? {
        refresh()
        return search(token)
    }

    private func search(_ token: AccessToken) -> Client? {
        let entries = state.withLock { $0.entries }
        var found: Client?
        for entry in entries where (try? entry.digest.matches(token)) == true {
            found = entry.client
        }
        return found
    }
}
