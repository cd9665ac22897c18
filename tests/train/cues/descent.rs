//! Finding the lowest place of a smooth function: L-BFGS with a halving line search.

/// Goes down from `start` for at most `steps`; `function` gives height and slope.
pub(crate) fn lowest(
    start: Vec<f64>,
    steps: usize,
    mut function: impl FnMut(&[f64]) -> (f64, Vec<f64>),
) -> Vec<f64> {
    const MEMORY: usize = 8;
    let mut here = start;
    let (mut height, mut slope) = function(&here);
    let mut past: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for _ in 0..steps {
        let way = direction(&slope, &past);
        let fall = dot(&way, &slope);
        let mut stride = if past.is_empty() {
            1.0 / dot(&slope, &slope).sqrt().max(1.0)
        } else {
            1.0
        };
        let (next, next_height, next_slope) = loop {
            let next: Vec<f64> = here
                .iter()
                .zip(&way)
                .map(|(at, go)| at + stride * go)
                .collect();
            let (next_height, next_slope) = function(&next);
            if next_height <= height + 1e-4 * stride * fall || stride < 1e-10 {
                break (next, next_height, next_slope);
            }
            stride /= 2.0;
        };
        let moved: Vec<f64> = next.iter().zip(&here).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let curve = dot(&moved, &turned);
        let gain = height - next_height;
        (here, height, slope) = (next, next_height, next_slope);
        if gain < 1e-7 * height.abs() {
            break;
        }
        if curve > 1e-12 {
            if past.len() == MEMORY {
                past.remove(0);
            }
            past.push((moved, turned, 1.0 / curve));
        }
    }
    here
}

fn direction(slope: &[f64], past: &[(Vec<f64>, Vec<f64>, f64)]) -> Vec<f64> {
    let mut way: Vec<f64> = slope.iter().map(|down| -down).collect();
    let mut kept = Vec::new();
    for (moved, turned, over) in past.iter().rev() {
        let share = over * dot(moved, &way);
        kept.push(share);
        for (go, turn) in way.iter_mut().zip(turned) {
            *go -= share * turn;
        }
    }
    if let Some((moved, turned, _)) = past.last() {
        let size = dot(moved, turned) / dot(turned, turned);
        for go in &mut way {
            *go *= size;
        }
    }
    for ((moved, turned, over), share) in past.iter().zip(kept.iter().rev()) {
        let back = over * dot(turned, &way);
        for (go, step) in way.iter_mut().zip(moved) {
            *go += (share - back) * step;
        }
    }
    way
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}
