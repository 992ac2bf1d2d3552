internal import Glibc

/// The projection of French metropolitan coordinates (Lambert conformal conic, EPSG 2154).
///
/// Formulae of IGN's note ALG 0004 with the constants of RGF93; its geodetic system differs from WGS 84 by
/// less than a metre.
enum Lambert93 {
    private static let exponent = 0.725_607_765_053_267
    private static let constant = 11_754_255.426_096
    private static let xPole = 700_000.0
    private static let yPole = 12_655_612.049_876
    private static let eccentricity = 0.081_819_191_042_815_8
    private static let centralMeridian = 3.0 * Double.pi / 180

    /// Latitude and longitude in degrees; nil for points that are not in France.
    static func position(x: Double, y: Double) -> (latitude: Double, longitude: Double)? {
        guard (0...1_400_000).contains(x), (6_000_000...7_300_000).contains(y) else { return nil }
        let radius = ((x - xPole) * (x - xPole) + (y - yPole) * (y - yPole)).squareRoot()
        let angle = atan((x - xPole) / (yPole - y))
        let isometric = -log(radius / constant) / exponent
        var latitude = 2 * atan(exp(isometric)) - Double.pi / 2
        for _ in 0..<12 {
            let sine = eccentricity * sin(latitude)
            latitude =
                2 * atan(pow((1 + sine) / (1 - sine), eccentricity / 2) * exp(isometric))
                - Double.pi / 2
        }
        let longitude = angle / exponent + centralMeridian
        return (latitude * 180 / Double.pi, longitude * 180 / Double.pi)
    }

    /// Degrees with six decimals, a tenth of a metre.
    static func text(_ degrees: Double) -> String {
        let units = Int64((degrees.magnitude * 1_000_000).rounded())
        let fraction = String(units % 1_000_000)
        return (degrees < 0 && units > 0 ? "-" : "") + String(units / 1_000_000) + "."
            + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
    }
}
