internal import Glibc

/// A place on the Earth as a point of the unit sphere, so that nearness is that of straight lines.
///
/// Whoever tells distances counts with this: the database's index of positions and the catalogs in
/// memory give one order and one text.
package struct SpherePoint: Hashable, Sendable {
    /// The mean radius of the Earth, in kilometres (IUGG).
    package static let earthRadius = 6_371.008_8

    package var x: Double
    package var y: Double
    package var z: Double

    /// A point by its coordinates.
    package init(x: Double, y: Double, z: Double) {
        (self.x, self.y, self.z) = (x, y, z)
    }

    /// The point of a latitude and a longitude in degrees.
    package init(latitude: Double, longitude: Double) {
        let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
        x = cos(phi) * cos(lambda)
        y = cos(phi) * sin(lambda)
        z = sin(phi)
    }

    /// The straight line through the sphere between points that are so far apart on it.
    package static func chord(kilometres: Double) -> Double {
        2 * sin(min(max(kilometres, 0) / (2 * earthRadius), .pi / 2))
    }

    /// How far apart the ends of a straight line through the sphere are on it.
    package static func kilometres(chord: Double) -> Double {
        2 * earthRadius * asin(min(chord / 2, 1))
    }
}
