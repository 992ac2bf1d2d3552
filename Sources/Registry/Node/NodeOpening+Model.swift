internal import Foundation
internal import Linkage
internal import RegistryModel
internal import RegistryStore

extension NodeOpening {
    /// The model in force; in a new registry the one that the options name, which is put in force.
    static func matching(_ session: inout RegistrySession, _ options: RegistryNodeOptions) throws
        -> MatchingInForce
    {
        if try session.activeModel() == nil {
            guard let first = options.firstModel else {
                throw RegistryError(
                    .badRequest,
                    "no linkage model \(options.model ?? ""); there are "
                        + ShippedModels.names.joined(separator: ", "))
            }
            let json = String(decoding: try first.json(), as: UTF8.self)
            try session.addFirstModel(name: first.name, json: json)
        }
        guard let matching = try MatchingInForce.read(&session) else {
            throw StoreError.damaged("no linkage model")
        }
        return matching
    }
}
