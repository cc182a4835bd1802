"""XGBoost and scikit-learn on the matrices, folds and grid that `accuracy` wrote.

usage: accuracy_peers.py FOLDER boosting|forest
reads  spec.json, x.npy (rows x columns, float32, missing = NaN), y.npy, folds.npy (fold that holds the row out)
writes peer-boosting.f64 or peer-forest.f64 (out-of-fold risk per row) and a .json with the mean AUC of each grid point
"""
import json
import os
import sys
import time

import numpy as np
from sklearn.metrics import roc_auc_score


def load(folder):
    with open(os.path.join(folder, "spec.json")) as file:
        spec = json.load(file)
    x, y, folds = (np.load(os.path.join(folder, name + ".npy")) for name in ("x", "y", "folds"))
    return spec, np.ascontiguousarray(x), y, folds


def boosting(spec, x, y, folds):
    import xgboost as xgb

    kinds = ["c" if category else "q" for category in spec["categories"]]

    def matrix(rows):
        return xgb.DMatrix(x[rows], label=y[rows], feature_types=kinds, enable_categorical=True)

    def train(rows, point):
        parameters = {
            "objective": "binary:logistic", "tree_method": "hist", "max_bin": 256, "max_depth": point["depth"], "eta": point["learningRate"],
            "subsample": spec["rowShare"], "colsample_bytree": spec["columnShare"],
            "nthread": spec["threads"], "seed": spec["seed"],
        }
        return xgb.train(parameters, matrix(rows), num_boost_round=point["trees"])

    risks = np.zeros((len(spec["grid"]), len(y)))
    for fold in range(folds.max() + 1):
        held = np.flatnonzero(folds == fold)
        for point, parameters in enumerate(spec["grid"]):
            risks[point, held] = train(np.flatnonzero(folds != fold), parameters).predict(matrix(held), output_margin=True)
    means = [float(np.mean([roc_auc_score(y[folds == fold], risk[folds == fold]) for fold in range(folds.max() + 1)])) for risk in risks]
    return risks[int(np.argmax(means))], means, "XGBoost " + xgb.__version__


def forest(spec, x, y, folds):
    import sklearn
    from sklearn.ensemble import RandomForestClassifier

    risk = np.zeros(len(y))
    for fold in range(folds.max() + 1):
        train, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        with np.errstate(all="ignore"):
            below = np.nan_to_num(np.nanmin(np.where(np.isfinite(x[train]), x[train], np.nan), axis=0)) - 1
        filled = np.where(np.isnan(x), below, x)
        model = RandomForestClassifier(
            n_estimators=spec["forest"]["trees"], max_depth=spec["forest"]["depth"], min_samples_split=spec["forest"]["minSplit"],
            max_features="sqrt", n_jobs=spec["threads"], random_state=spec["seed"])
        risk[held] = model.fit(filled[train], y[train]).predict_proba(filled[held])[:, 1]
    return risk, [], "scikit-learn " + sklearn.__version__


def main():
    folder, task = sys.argv[1], sys.argv[2]
    data = load(folder)
    start = time.monotonic()
    risk, grid, peer = {"boosting": boosting, "forest": forest}[task](*data)
    seconds = time.monotonic() - start
    risk.astype("<f8").tofile(os.path.join(folder, "peer-" + task + ".f64"))
    with open(os.path.join(folder, "peer-" + task + ".json"), "w") as file:
        json.dump({"grid": grid, "seconds": seconds, "peer": peer}, file)


if __name__ == "__main__":
    main()
