internal import CModels
internal import Foundation

/// The models inside the program, trained on generated populations.
package enum ShippedModels {
    /// The names of the models, in their order.
    package static let names: [String] = (0..<padron_model_count()).compactMap { index in
        padron_model_name(index).map { String(cString: $0) }
    }

    /// The model of a name, nil where there is none.
    package static func named(_ name: String) -> LinkageModel? {
        guard let index = names.firstIndex(of: name), let bytes = padron_model_bytes(index) else {
            return nil
        }
        let data = Data(bytes: bytes, count: padron_model_byte_count(index))
        return try? LinkageModel(json: data)
    }
}
