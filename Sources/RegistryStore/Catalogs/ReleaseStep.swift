internal import PostgresClient
internal import RegistryModel

/// A release that a decision makes live or takes back.
package struct ReleaseStep: Hashable, Sendable {
    package var release: Int64
    /// Whether it is part of its catalog from now on; else it is no longer.
    package var isLive: Bool

    /// Creates a step.
    package init(release: Int64, isLive: Bool) {
        self.release = release
        self.isLive = isLive
    }
}

extension RegistrySession {
    /// Moves a release into or out of what its catalog says; part of the writer's one transaction.
    static func write(
        _ step: ReleaseStep, operation: Int64, _ connection: inout PostgresConnection
    ) throws {
        let moved: Int
        if step.isLive {
            moved = try connection.execute(
                """
                UPDATE padron.catalog_release r SET state = 'live', operation = \(operation)
                WHERE release = \(step.release) AND state = 'staged'
                    AND parent IS NOT DISTINCT FROM (SELECT max(release)
                        FROM padron.catalog_release l
                        WHERE l.catalog = r.catalog AND l.state = 'live')
                """)
        } else {
            moved = try connection.execute(
                """
                UPDATE padron.catalog_release r SET state = 'reverted'
                WHERE release = \(step.release) AND state = 'live'
                    AND NOT EXISTS (SELECT FROM padron.catalog_release l
                        WHERE l.catalog = r.catalog AND l.state = 'live' AND l.release > r.release)
                """)
        }
        guard moved == 1 else {
            throw StoreError.notFound("release \(step.release) as the decision found it")
        }
        try connection.execute(
            """
            UPDATE padron.operation SET detail = json_build_object('release', \(step.release))
            WHERE operation = \(operation)
            """)
    }
}
